/** Talking about an analysis. */
export type { Answered, Answerer, AnswererOptions, AnswerRequest } from './answerer.ts';
export { ANSWERERS, type AnswererChoice, chooseAnswerer } from './choose-answerer.ts';
export { type ClipComparison, compareAnalyses } from './compare-clips.ts';
export { type Conversation, type ConversationOptions, createConversation, wholeAnswer } from './conversation.ts';
export { createOfflineAnswerer } from './offline/index.ts';
