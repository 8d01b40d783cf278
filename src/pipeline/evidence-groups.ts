/** What can be taken away from an analysis in one piece: an observation, an action unit, a whole modality. */
import type { Analysis, Observation, TimeRange } from '../contracts/index.ts';
import { ACTION_UNITS } from '../facs/index.ts';

/** Source of the arousal score of a voice, which hears what the face models do not see. */
const VOICE_AROUSAL = 'voice-arousal';

export type Modality = 'face' | 'voice' | 'words';

export type EvidenceGroup = {
  kind: 'observation' | 'unit' | 'modality';
  name: string;
  removed: readonly string[];
  along: readonly string[];
};

export const modalityOf = (observation: Observation): Modality | null => {
  switch (observation.kind) {
    case 'speech':
    case 'scene-text':
      return 'words';
    case 'voice':
      return 'voice';
    case 'affect':
      return observation.source === VOICE_AROUSAL ? 'voice' : 'face';
    case 'quality':
      return null;
    default:
      return 'face';
  }
};

/** What a reasoner may use for that person: their own observations and those of nobody in particular. */
export const evidenceFor = (analysis: Analysis, subject: string | null, range: TimeRange): Observation[] =>
  analysis.observations.filter(
    (observation) =>
      (observation.subject === subject || observation.subject === null) && touches(observation.range, range),
  );

const touches = (first: TimeRange, second: TimeRange): boolean =>
  first.startMs <= second.endMs && first.endMs >= second.startMs;

const isModelOutput = (observation: Observation): boolean =>
  observation.kind === 'expression' || (observation.kind === 'affect' && modalityOf(observation) === 'face');

/** Model outputs that looked at the same face at the same time: they repeat what an action unit says. */
const repeatedBy = (removed: readonly Observation[], evidence: readonly Observation[]): string[] =>
  removed.some(({ kind }) => kind === 'action-unit')
    ? evidence
        .filter(
          (observation) => isModelOutput(observation) && removed.some((unit) => touches(unit.range, observation.range)),
        )
        .map(({ id }) => id)
    : [];

/** Each observation by itself, then each action unit with several, then the modalities that are there. */
export const evidenceGroups = (evidence: readonly Observation[], cited: ReadonlySet<string>): EvidenceGroup[] => {
  const group = (kind: EvidenceGroup['kind'], name: string, removed: readonly Observation[]): EvidenceGroup => ({
    kind,
    name,
    removed: removed.map(({ id }) => id),
    along: repeatedBy(removed, evidence).filter((id) => !removed.some((one) => one.id === id)),
  });
  const singles = evidence
    .filter((observation) => modalityOf(observation) !== null)
    .map((observation) => group('observation', nameOf(observation), [observation]));
  const codes = new Set(evidence.flatMap((each) => (each.kind === 'action-unit' ? [each.au.code] : [])));
  const units = [...codes].flatMap((code) => {
    const all = evidence.filter((each) => each.kind === 'action-unit' && each.au.code === code);
    return all.length > 1 && all.some(({ id }) => cited.has(id))
      ? [group('unit', `everything about the ${ACTION_UNITS[code].noun} (${code})`, all)]
      : [];
  });
  const modalities = (['face', 'voice', 'words'] as const).flatMap((modality) => {
    const all = evidence.filter((observation) => modalityOf(observation) === modality);
    return all.length > 0 ? [group('modality', `the ${modality}`, all)] : [];
  });
  return [...singles, ...units, ...modalities];
};

/** An observation as a noun phrase: "the lip-corner pull (AU12)". */
export const nameOf = (observation: Observation): string => {
  switch (observation.kind) {
    case 'action-unit': {
      const { code, status, side } = observation.au;
      const { noun } = ACTION_UNITS[code];
      const sided = side === 'both' ? noun : `${noun} on the ${side}`;
      return status === 'present' ? `the ${sided} (${code})` : `the note that there is no ${noun} (${code})`;
    }
    case 'expression':
      return "the expression model's scores";
    case 'affect':
      return modalityOf(observation) === 'voice' ? "the voice's arousal score" : "the affect model's scores";
    case 'head':
      return observation.head.movement === null || observation.head.movement === 'still'
        ? 'the position of the head'
        : `the ${HEAD_NOUNS[observation.head.movement]}`;
    case 'gaze':
      return 'the direction of the gaze';
    case 'blink':
      return 'the blinks';
    case 'voice':
      return observation.voice.word === 'measured'
        ? "the voice's plain measurements"
        : `the ${observation.voice.feature} of the voice (${observation.voice.word})`;
    case 'speech':
      return `the words "${shortened(observation.speech.quote)}"`;
    case 'scene-text':
      return `the text "${shortened(observation.sceneText.quote)}"`;
    case 'dynamics':
      return 'the regularity of the movements';
    case 'quality':
      return `the note on the picture or sound (${observation.quality.issue})`;
  }
};

const HEAD_NOUNS = { nod: 'nod', shake: 'head shake', tilt: 'tilt of the head', turn: 'turn of the head' } as const;

const shortened = (quote: string): string => (quote.length <= 40 ? quote : `${quote.slice(0, 38).trimEnd()} …`);
