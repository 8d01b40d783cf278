import {
  ACTION_UNIT_CODES,
  type ActionUnitCode,
  EXPRESSION_LABELS,
  type NotMeasured,
  type Percepts,
  type Warning,
} from '../../contracts/index.ts';
import { timingOf } from './frame-rate.ts';
import { peopleOf, type Seen } from './people.ts';
import type { Sample } from './sample.ts';
import { boxOf, fieldReader, type ReadField, subjectOf, thresholdsOf } from './sample-columns.ts';
import { SCALES } from './scales.ts';
import type { TableLayout } from './table-layout.ts';

export type TableSource = {
  /** What the messages call it: the table, and the input in it where it has several. */
  label: string;
  /** sha256, of the table and the input in it. */
  digest: string;
};

/** One input of a table as percepts. What the table does not hold is not measured; nothing becomes 0. */
export const tablePercepts = (layout: TableLayout, unordered: readonly Sample[], source: TableSource): Percepts => {
  const samples = [...unordered].sort((a, b) => a.frame - b.frame);
  const read = fieldReader(layout);
  const { label, threshold, source: model } = SCALES[layout.product];
  const timing = timingOf(samples, source.label);
  const { people, warnings } = peopleOf(samples, source.label, (sample) => centreOf(read, sample));
  const thresholds = thresholdsOf(
    layout,
    people.map((person) => person.samples),
    read,
  );
  const needs = { layout, read, thresholds, msOf: timing.msOf };
  const frames = [...new Map(samples.map((sample) => [sample.frame, sample])).values()];
  const times = frames.map(timing.msOf);
  const step = timing.fps > 0 ? 1000 / timing.fps : 0;
  const picture = pictureOf(read, people[0]?.samples[0]);
  const fps = Math.round(timing.fps * 1000) / 1000;
  return {
    schema: 'whyface/percepts@1',
    clip: {
      digest: source.digest,
      kind: 'percepts',
      durationMs: fps === 0 ? 0 : Math.round((times.at(-1) ?? 0) + step),
      ...picture,
      fps: fps > 0 ? fps : null,
      hasAudio: false,
      hasSpeech: null,
    },
    sampling: { fps, frames: frames.length },
    frames: { t: times, frame: frames.map(({ frame }) => frame) },
    subjects: people.map(({ id, samples: mine }) => subjectOf(id, mine, needs)),
    models: [
      {
        id: model,
        version: `as ${label} wrote it; present from ${threshold} of 5 unless it says otherwise`,
        digest: '',
      },
    ],
    notMeasured: notMeasuredOf(layout, thresholds),
    warnings: [...timing.warnings, ...warnings, ...rangeWarnings(layout, samples, source.label)],
  };
};

const centreOf = (read: ReadField, sample: Seen): readonly [number, number, number] | null => {
  const box = boxOf(read, sample);
  return box === null ? null : [box.x + box.width / 2, box.y + box.height / 2, Math.max(box.width, box.height)];
};

const pictureOf = (read: ReadField, sample: Seen | undefined): { width: number | null; height: number | null } => {
  const size = (name: string): number | null => {
    const value = sample === undefined ? Number.NaN : Math.round(read(sample, name));
    return value > 0 && value < 1e5 ? value : null;
  };
  const [width, height] = [size('frameWidth'), size('frameHeight')];
  return width === null || height === null ? { width: null, height: null } : { width, height };
};

const notMeasuredOf = (layout: TableLayout, thresholds: ReadonlyMap<ActionUnitCode, number>): NotMeasured[] => {
  const { label } = SCALES[layout.product];
  const has = (name: string): boolean => layout.fields.some((field) => field.name === name);
  const missing = ACTION_UNIT_CODES.filter((code) => !thresholds.has(code));
  const presenceOnly = [...thresholds.keys()].filter((code) => !has(`${code}.both`));
  const expressions = EXPRESSION_LABELS.filter((name) => has(`expression.${name}`));
  return [
    ...missing.map((code) => ({ what: code, why: `The table (${label}) holds no values for it.` })),
    ...presenceOnly.map((code) => ({
      what: `intensity of ${code}`,
      why: `The table (${label}) says only whether it is present; level 1 of 5 stands for present.`,
    })),
    ...(layout.product === 'py-feat'
      ? [
          {
            what: 'intensity',
            why: 'py-feat gives probabilities of action units; five times these stand for intensity.',
          },
        ]
      : []),
    ...(layout.product === 'py-feat' && expressions.length > 0
      ? [
          {
            what: 'contempt by a model',
            why: 'py-feat has no such class; its other seven are not recorded as the eight.',
          },
        ]
      : []),
    ...(layout.product === 'py-feat'
      ? [{ what: 'head pose', why: 'py-feat changed the unit and the signs of its head angles between versions.' }]
      : []),
    { what: 'visibility of the parts of the face', why: `The table (${label}) does not tell it.` },
    { what: 'voice and words', why: 'A table of facial measurements holds no sound.' },
  ];
};

/** Values beyond their scale are held at its ends; that is told once. */
const rangeWarnings = (
  { fields, unknownUnits, product }: TableLayout,
  samples: readonly Sample[],
  name: string,
): Warning[] => {
  const places = fields.flatMap(({ name: field }, place) =>
    /^AU\d+\.(?:both|left|right)$/.test(field) ? [place] : [],
  );
  const beyond = samples.reduce(
    (count, { values }) =>
      count + places.filter((place) => (values?.[place] ?? 0) < -0.001 || (values?.[place] ?? 0) > 5.001).length,
    0,
  );
  const { gain, label } = SCALES[product];
  return [
    ...(beyond === 0
      ? []
      : [
          {
            code: 'values-clamped',
            message: `${name} has ${beyond} action-unit values outside ${label}'s scale (0 to ${5 / gain}); they were held at its ends.`,
          },
        ]),
    ...(unknownUnits.length === 0
      ? []
      : [
          {
            code: 'columns-ignored',
            message: `${name} has columns for ${unknownUnits.join(', ')}, which whyface does not know; they were left out.`,
          },
        ]),
  ];
};
