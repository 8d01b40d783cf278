import type { ActionUnitCode, ExpressionLabel, IntensityLetter } from '../../contracts/index.ts';
import type { Body, GazeDirection, HeadMovement, QualityTopic, VoiceFamily } from '../lexicon/sense.ts';
import type { Polarity } from './polarity.ts';

/** Where a claim stands in its sentence, in characters. */
export type Place = { start: number; end: number };

export type SideFacet = 'left' | 'right' | 'both' | 'one';

/** How strong: a stretch of the 0–5 scale, letters, or a number with the decimals it was printed with. */
export type LevelFacet =
  /** `denied`: "not strong". */
  | { kind: 'word'; word: string; from: number; to: number; denied: boolean }
  | { kind: 'letter'; letters: readonly IntensityLetter[] }
  | { kind: 'number'; value: number; decimals: number; approximate: boolean };

export type TimeRole = 'onset' | 'apex' | 'offset' | 'held' | 'plain';

/** When: milliseconds, with the width of the last printed digit. */
export type TimeFacet =
  /** `bound`: "before 1.2 s", "after 2 s" say only on which side of it. */
  /** `orLength`: "(0.4 s)" may be a moment or a length. */
  | {
      kind: 'point';
      ms: number;
      precisionMs: number;
      role: TimeRole;
      bound: 'before' | 'after' | null;
      orLength?: boolean;
      words: string;
    }
  | { kind: 'range'; startMs: number; endMs: number; precisionMs: number; role: TimeRole; words: string }
  /** "in the opening second", "for the last two seconds": at one end of what is explained. `held`: for all of it, and no longer. */
  | { kind: 'edge'; edge: 'start' | 'end'; ms: number; held: boolean; words: string }
  | { kind: 'duration'; fromMs: number; toMs: number; words: string }
  | { kind: 'frame'; frame: number; role: TimeRole; words: string };

export type Facets = {
  /** All sides that are named: "a one-sided dimple on the left". */
  sides: readonly SideFacet[];
  levels: readonly LevelFacet[];
  times: readonly TimeFacet[];
  micro: boolean;
  /** "P2", "other" for somebody else than the subject, or `null` where nobody is named. */
  person: string | null;
};

/** `supposed`: "would be expected", "usually": true where the evidence agrees, and no claim where it does not. */
export type Certainty = 'stated' | 'supposed';

export type UnitReading = Place &
  Facets & {
    kind: 'unit';
    codes: readonly ActionUnitCode[];
    /** The FACS number as written, for units that are not measured. */
    number: number | null;
    region: Body | null;
    polarity: Polarity;
    certainty: Certainty;
    /** Said of faces in general. */
    typical: boolean;
    /** "rests slightly raised": how the face is built, not what it does. */
    resting: boolean;
    /** The codes of what it stands in parentheses behind, as another name of it. */
    alias: readonly ActionUnitCode[] | null;
    /** A unit that would make it false: raised inner brows are not lowered ones. */
    opposite: ActionUnitCode | null;
    /** Denied by its own wording ("the mouth is closed"): none of the codes may be shown. */
    closed: boolean;
    /** Where the words for the part and for its movement end, in characters of the sentence. */
    wordEnds: readonly number[];
    /** Moments in it that the clause names: "fades" for the order of events. */
    event: 'onset' | 'apex' | 'offset' | null;
    clause: number;
  };

export type StrongerReading = Place & {
  kind: 'stronger';
  codes: readonly ActionUnitCode[];
  than: { side: 'left' | 'right' } | { codes: readonly ActionUnitCode[]; more: boolean };
  person: string | null;
};

/** "a laugh", "the words", "she answers": something heard, named without saying more of it. */
export type HeardReading = Place & { kind: 'heard'; what: 'burst' | 'speech'; ends: boolean; person: string | null };

/** What can come before or after something else. */
export type EventReading = UnitReading | HeadReading | GazeReading | QuoteReading | VoiceReading | HeardReading;

export type OrderReading = Place & {
  kind: 'order';
  order: 'before' | 'while';
  first: EventReading;
  second: EventReading;
};

export type HeadReading = Place &
  Facets & {
    kind: 'head';
    movement: HeadMovement;
    side: SideFacet | null;
    strength: { from: number; to: number } | null;
    degrees: number | null;
    polarity: Polarity;
  };
export type GazeReading = Place &
  Facets & { kind: 'gaze'; direction: GazeDirection; degrees: number | null; polarity: Polarity };
/** A property of the voice, and which way it points: more (1), less (−1) or as usual (0). */
export type VoiceMeaning = { family: VoiceFamily; sign: 1 | -1 | 0 };
export type VoiceReading = Place &
  Facets & { kind: 'voice'; meanings: readonly VoiceMeaning[]; word: string; polarity: Polarity };
export type QuoteReading = Place & Facets & { kind: 'quote'; quote: string; speech: boolean };
export type LabelReading = Place & {
  kind: 'label';
  /** An expression or a compound. */
  label: ExpressionLabel | string;
  stance: 'asserted' | 'points-to' | 'denied' | 'mentioned';
  /** Whose face is read so; `null` where nobody is named. */
  person: string | null;
};
/** "happiness at 71 %", "valence −0.3", "blinks 4 times". */
export type NumberReading = Place & {
  kind: 'number';
  of: 'percent' | 'valence' | 'arousal' | 'blinks' | 'blink-rate' | 'measure';
  label: string | null;
  value: number;
  decimals: number;
  denied: boolean;
};
/** "… and, 0.4 s later, the jaw drops": a distance between two movements. */
export type DelayReading = Place & {
  kind: 'delay';
  first: UnitReading;
  second: UnitReading;
  ms: number;
  toleranceMs: number;
  words: string;
};
/** "the chin is covered", "the picture is blurred". */
export type QualityReading = Place & { kind: 'quality'; topic: QualityTopic; polarity: Polarity };
/** Times, levels or sides of a sentence that names nothing they could belong to. */
export type LooseReading = Place & Facets & { kind: 'loose' };

export type Reading =
  | UnitReading
  | StrongerReading
  | OrderReading
  | HeadReading
  | GazeReading
  | VoiceReading
  | QuoteReading
  | LabelReading
  | NumberReading
  | DelayReading
  | QualityReading
  | LooseReading;
