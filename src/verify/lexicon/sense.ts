import type { ActionUnitCode, ExpressionLabel } from '../../contracts/index.ts';

/** Parts of the face that people name. */
export type Body =
  | 'brow' | 'inner-brow' | 'outer-brow' | 'forehead' | 'between-brows'
  | 'eyes' | 'lids' | 'upper-lid' | 'lower-lid' | 'eye-corner' | 'cheeks' | 'nose' | 'nasolabial'
  | 'mouth' | 'lips' | 'upper-lip' | 'lower-lip' | 'lip-corner' | 'teeth' | 'jaw' | 'chin'
  | 'upper-face' | 'lower-face' | 'face' | 'head'; // biome-ignore format: one table

/** What a part of the face can do. */
export type Action =
  | 'up' | 'down' | 'together' | 'apart' | 'sideways' | 'back' | 'in' | 'forward' | 'out'
  | 'open' | 'wide' | 'narrow' | 'close' | 'tighten' | 'press' | 'part' | 'wrinkle' | 'furrow' | 'stretch'
  | 'pucker' | 'funnel' | 'suck' | 'dimple' | 'curl' | 'arch' | 'bare' | 'bunch' | 'deepen'; // biome-ignore format: one table

export type VoiceFamily =
  | 'pitch'
  | 'variation'
  | 'loudness'
  | 'rate'
  | 'pauses'
  | 'tremor'
  | 'breath'
  | 'tension'
  | 'roughness'
  | 'final';
export type HeadMovement = 'nod' | 'shake' | 'tilt' | 'turn' | 'still' | 'raise' | 'lower';
export type GazeDirection = 'camera' | 'left' | 'right' | 'up' | 'down' | 'away';
export type QualityTopic =
  | 'small' | 'blurred' | 'turned' | 'occluded' | 'cropped' | 'dark' | 'bright' | 'brief' | 'noisy' | 'damaged'; // biome-ignore format: one table

/** One thing that a word or a phrase of the lexicon can mean. */
export type Sense =
  | { kind: 'body'; body: Body }
  | { kind: 'action'; action: Action }
  /** Names units by itself: "smile", "crow's feet", "brow lowerer". Any of the codes may be meant. */
  | { kind: 'units'; codes: readonly ActionUnitCode[]; negated?: boolean; side?: 'one'; least?: number }
  /** Movement without direction: "activity in the brows". */
  | { kind: 'active' }
  /** Intensity on the 0–5 scale that the word may stand for. */
  | { kind: 'level'; from: number; to: number }
  | { kind: 'side'; side: 'left' | 'right' | 'both' | 'one' | 'other' }
  /** Denies what comes next ("no", "without") or the predicate ("not"). */
  | { kind: 'negator'; reach: 'phrase' | 'predicate' }
  /** A predicate that says nothing happens: "absent", "relaxed". */
  | { kind: 'absent'; weak?: boolean }
  /** A predicate that says it was not seen or not measured: "hidden". */
  | { kind: 'hidden' }
  | { kind: 'hypothetical'; strength: 'would' | 'general' }
  | { kind: 'event'; event: 'onset' | 'apex' | 'offset' | 'held' }
  | { kind: 'order'; order: 'before' | 'after' | 'while' | 'then' }
  | { kind: 'micro' }
  | { kind: 'duration-word'; from: number; to: number }
  | { kind: 'more' }
  | { kind: 'less' }
  | { kind: 'label'; label: ExpressionLabel }
  | { kind: 'compound'; label: string }
  | { kind: 'points-to' }
  | { kind: 'points-away' }
  | { kind: 'voice-topic'; family: VoiceFamily | null }
  | { kind: 'voice-word'; family: VoiceFamily | null; sign: 1 | -1 | 0 }
  | { kind: 'head-word'; movement: HeadMovement }
  | { kind: 'gaze-word' }
  | { kind: 'gaze-direction'; direction: GazeDirection }
  | { kind: 'quality'; topic: QualityTopic }
  | { kind: 'speech-verb' }
  | { kind: 'person'; who: 'other' | 'subject' }
  | { kind: 'affect'; dimension: 'valence' | 'arousal' }
  | { kind: 'nothing' };

/** Phrases and what each may mean. */
export type LexiconEntry = { phrases: readonly string[]; sense: Sense };
