import type { Asked } from './asked.ts';
import type { Topic } from './understand/topics.ts';

export type UnitTopic = Extract<Topic, { kind: 'unit' | 'region' }>;

/** The action units and regions that the question is about. */
export const unitTopicsOf = (asked: Asked): UnitTopic[] =>
  asked.topics.filter((topic): topic is UnitTopic => topic.kind === 'unit' || topic.kind === 'region');

export type LabelTopic = Extract<Topic, { kind: 'label' }>;

/** The label of an expression that the question is about, if it names one. */
export const labelTopicOf = (asked: Asked): LabelTopic | null =>
  asked.topics.find((topic): topic is LabelTopic => topic.kind === 'label') ?? null;
