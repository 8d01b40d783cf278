import { COMPOUND_LABELS, type ExpressionLabel } from '../../contracts/index.ts';
import type { LexiconEntry, QualityTopic } from './sense.ts';

const label = (name: ExpressionLabel, phrases: readonly string[]): LexiconEntry => ({
  sense: { kind: 'label', label: name },
  phrases,
});
const quality = (topic: QualityTopic, phrases: readonly string[]): LexiconEntry => ({
  sense: { kind: 'quality', topic },
  phrases,
});

const COMPOUND_NOUNS: Readonly<Record<string, readonly string[]>> = {
  'happily-surprised': ['happy surprise', 'joyful surprise', 'pleasant surprise', 'delighted surprise'],
  'happily-disgusted': ['happy disgust', 'amused disgust'],
  'sadly-fearful': ['sad fear'],
  'sadly-angry': ['sad anger'],
  'sadly-surprised': ['sad surprise'],
  'sadly-disgusted': ['sad disgust'],
  'fearfully-angry': ['fearful anger'],
  'fearfully-surprised': ['fearful surprise', 'frightened surprise'],
  'fearfully-disgusted': ['fearful disgust'],
  'angrily-surprised': ['angry surprise'],
  'angrily-disgusted': ['angry disgust'],
  'disgustedly-surprised': ['disgusted surprise'],
  appalled: [],
  hatred: ['hate', 'hateful'],
  awed: ['awe', 'awestruck'],
}; // biome-ignore format: one table

const COMPOUNDS: readonly LexiconEntry[] = COMPOUND_LABELS.map((name) => ({
  sense: { kind: 'compound', label: name },
  phrases: [name.replace('-', ' '), ...(COMPOUND_NOUNS[name] ?? [])],
}));

/** Words for the eight expressions and the compounds, and for what evidence does to them. */
export const LABEL_LEXICON: readonly LexiconEntry[] = [
  ...COMPOUNDS,
  label('happiness', ['happiness', 'happy', 'happily', 'joy', 'joyful', 'joyous', 'delight', 'delighted', 'enjoyment', 'amusement', 'amused', 'cheerful', 'cheerfulness', 'glad', 'gladness', 'elation', 'elated', 'pleasure', 'merriment', 'mirth', 'contentment', 'glee', 'gleeful', 'jubilant', 'jubilation', 'pleased']),
  label('sadness', ['sadness', 'sad', 'sadly', 'sorrow', 'sorrowful', 'grief', 'unhappy', 'unhappiness', 'distress', 'dejection', 'dejected', 'despair', 'melancholy', 'gloom', 'gloomy', 'misery', 'miserable', 'grieving', 'downcast mood']),
  label('anger', ['anger', 'angry', 'angrily', 'rage', 'fury', 'furious', 'annoyance', 'annoyed', 'irritation', 'irritated', 'hostility', 'hostile', 'mad', 'irate', 'exasperation', 'wrath', 'enraged']),
  label('fear', ['fear', 'fearful', 'fearfully', 'afraid', 'scared', 'fright', 'frightened', 'terror', 'terrified', 'panic', 'anxiety', 'anxious', 'dread', 'alarm', 'alarmed', 'worry', 'worried', 'horror']),
  label('disgust', ['disgust', 'disgusted', 'revulsion', 'repulsion', 'repulsed', 'distaste', 'aversion', 'loathing', 'repugnance', 'revolted']),
  label('surprise', ['surprise', 'surprised', 'astonishment', 'astonished', 'amazement', 'amazed', 'startle', 'startled', 'shock', 'shocked', 'astounded', 'taken aback', 'stunned']),
  label('contempt', ['contempt', 'contemptuous', 'disdain', 'disdainful', 'scorn', 'scornful', 'derision']),
  label('neutral', ['neutral expression', 'neutral face', 'neutrality', 'no expression', 'expressionless face', 'neutral reading', 'reads as neutral', 'neutral state', 'neutral look']),
  { sense: { kind: 'points-to' }, phrases: ['argue* for', 'speak* for', 'point* to', 'points towards', 'point towards', 'suggest~', 'indicate~', 'hint* at', 'hinting at', 'typical of', 'characteristic of', 'read* as', 'often read as', 'consistent with', 'fit~', 'fits', 'signal~', 'associated with', 'sign of', 'signs of', 'in keeping with', 'support~', 'convey~', 'express~', 'reflect~', 'mark of', 'marker of', 'hallmark of', 'core of', 'belong~ to', 'goes with', 'go with', 'favour~', 'favor~', 'evidence for', 'in favour of', 'in favor of', 'speak* of', 'stand* for', 'match~', 'lean* towards', 'point* toward', 'tell* of', 'shape* of', 'add* up to', 'amount* to', 'is read as', 'make* up', 'mean~', 'denote~', 'betray~', 'imply', 'implies', 'signature of', 'weigh~ towards', 'look* like', 'strengthen~', 'underline~', 'corroborate~', 'confirm~'] },
  { sense: { kind: 'points-away' }, phrases: ['argue* against', 'speak* against', 'rule~ out', 'against', 'instead of', 'rather than', 'unlike', 'not', 'no', 'exclude~', 'contradict~', 'less likely', 'unlikely', 'inconsistent with', 'at odds with', 'weigh~ against', 'evidence against', 'counts against', 'count against', 'without', 'does not fit', 'weaken~', 'nor', 'neither', 'never', 'lack of', 'absence of', 'hardly', 'opposed to', 'difference from', 'differ from', 'differs from', 'as opposed to', 'tell* against', 'undercut~', 'less than', 'missing for', 'lacks', 'short of', 'than', 'away from'] },
  { sense: { kind: 'affect', dimension: 'valence' }, phrases: ['valence'] },
  { sense: { kind: 'affect', dimension: 'arousal' }, phrases: ['arousal'] },
  quality('small', ['small face', 'face is small', 'tiny face', 'far away', 'low resolution', 'few pixels', 'too small']),
  quality('blurred', ['blur', 'blurred', 'blurry', 'out of focus', 'unsharp', 'not sharp', 'soft focus', 'motion blur', 'fuzzy']),
  quality('turned', ['turned away from the camera', 'profile view', 'in profile', 'off angle', 'turned too far']),
  quality('occluded', ['occluded', 'occlusion', 'covered by', 'hidden by', 'hand over', 'behind a hand', 'covered', 'obscured', 'blocked']),
  quality('cropped', ['cropped', 'cut off', 'out of frame', 'outside the frame', 'cut by the edge', 'edge of the frame']),
  quality('dark', ['dark', 'underexposed', 'dimly lit', 'dim light', 'poorly lit', 'low light', 'poor lighting', 'shadow', 'in shadow']),
  quality('bright', ['overexposed', 'too bright', 'washed out', 'blown out']),
  quality('noisy', ['noisy', 'background noise', 'noise']),
  quality('damaged', ['damaged', 'corrupt', 'truncated', 'broken file']),
]; // biome-ignore format: one table

export const PERSON_LEXICON: readonly LexiconEntry[] = [
  { sense: { kind: 'person', who: 'other' }, phrases: ['other person', 'another person', 'someone else', 'second person', 'other speaker', 'interlocutor', 'other man', 'other woman', 'other face', 'partner', 'off screen voice', 'off screen speaker'] },
]; // biome-ignore format: one table
