import { z } from 'zod';
import { classification } from './metrics/classification.ts';
import { cueScore, pooledCues } from './metrics/cue-match.ts';
import { labelOverlap } from './metrics/label-overlap.ts';
import { setLevel } from './metrics/set-level.ts';
import { mean } from './metrics/set-overlap.ts';
import { rougeL } from './metrics/text-overlap.ts';
import { parseLabelList } from './readers/label-list.ts';
import { className } from './runners/class-name.ts';
import { bootstrap } from './statistics/bootstrap.ts';
import { SMALLEST_HEADLINE } from './statistics/headline.ts';
import { cuesOfText } from './text/cues-of-text.ts';
import { familiesOfLabel, labelsOfText } from './text/labels-of-text.ts';

const answer = z.union([z.string(), z.array(z.string())]);

/** What `POST /v1/scores` takes: answers and references of the same clips, in one of three kinds. */
export const scoreRequest = z.object({
  kind: z.enum(['explanations', 'labels', 'classes']),
  items: z
    .array(z.object({ clip: z.string(), reference: answer, prediction: answer }))
    .min(1)
    .max(20_000),
  seed: z.int().nonnegative().optional(),
});
export type ScoreRequest = z.infer<typeof scoreRequest>;

/** Scores by name, 0–1; per clip the main one. No files, no network: what is given is what is scored. */
export const scoreResponse = z.object({
  kind: scoreRequest.shape.kind,
  n: z.int(),
  values: z.record(z.string(), z.number()),
  interval: z.object({ of: z.string(), low: z.number(), high: z.number(), level: z.number() }),
  headline: z.boolean().describe('Whether n is large enough for a single number'),
  clips: z.array(z.object({ clip: z.string(), score: z.number().nullable() })),
});
export type ScoreResponse = z.infer<typeof scoreResponse>;

const asText = (value: z.infer<typeof answer>): string => (typeof value === 'string' ? value : value.join(', '));
const asList = (value: z.infer<typeof answer>): string[] =>
  typeof value === 'string' ? parseLabelList(value) : value.map((label) => label.trim().toLowerCase());

type ClipScore = { clip: string; score: number | null };

/** Scores a request in memory; the same functions as `whyface eval`. */
export const scoreItems = ({ kind, items, seed }: ScoreRequest): ScoreResponse => {
  const { values, main, clips } = SCORERS[kind](items);
  const known = clips.flatMap(({ score }) => score ?? []);
  const { low, high, level } = bootstrap(known, mean, { seed });
  const finite = (value: number): number => (Number.isFinite(value) ? value : 0);
  return {
    kind,
    n: known.length,
    values,
    interval: { of: main, low: finite(low), high: finite(high), level },
    headline: known.length >= SMALLEST_HEADLINE,
    clips,
  };
};

type Scored = { values: Record<string, number>; main: string; clips: ClipScore[] };

const overlapOf = (
  truth: ReturnType<typeof familiesOfLabel>,
  prediction: ReturnType<typeof familiesOfLabel>,
): ReturnType<typeof labelOverlap> | null => (truth.length === 0 ? null : labelOverlap(truth, prediction));

const scoreExplanations = (items: ScoreRequest['items']): Scored => {
  const scored = items.map(({ clip, reference, prediction }) => {
    const [truth, said] = [asText(reference), asText(prediction)];
    return {
      clip,
      label: overlapOf(
        labelsOfText(truth).flatMap(({ families }) => families),
        labelsOfText(said).flatMap(({ families }) => families),
      ),
      cues: cueScore(cuesOfText(truth), cuesOfText(said)),
      words: rougeL({ reference: truth, candidate: said }),
    };
  });
  const labels = scored.flatMap(({ label }) => label ?? []);
  const cues = pooledCues(scored.map((clip) => clip.cues));
  return {
    main: 'label.f1',
    values: {
      'label.precision': mean(labels.map(({ precision }) => precision)),
      'label.recall': mean(labels.map(({ recall }) => recall)),
      'label.f1': mean(labels.map(({ f1 }) => f1)),
      ...Object.fromEntries(
        Object.entries(cues).flatMap(([channel, { precision, recall, f1 }]) => [
          [`cues.${channel}.precision`, precision],
          [`cues.${channel}.recall`, recall],
          [`cues.${channel}.f1`, f1],
        ]),
      ),
      'rouge-l': mean(scored.map(({ words }) => words)),
    },
    clips: scored.map(({ clip, label }) => ({ clip, score: label?.f1 ?? null })),
  };
};

const scoreLabels = (items: ScoreRequest['items']): Scored => {
  const lists = items.map(({ clip, reference, prediction }) => ({ clip, truth: asList(reference), prediction: asList(prediction) }));
  const level = setLevel(lists.map((list) => ({ ...list, synonyms: [] })));
  const overlaps = lists.map(({ clip, truth, prediction }) => ({ clip, overlap: overlapOf(truth.flatMap(familiesOfLabel), prediction.flatMap(familiesOfLabel)) }));
  const known = overlaps.flatMap(({ overlap }) => overlap ?? []);
  return {
    main: 'families.f1',
    values: {
      accuracy: level.accuracy,
      recall: level.recall,
      average: level.average,
      'families.precision': mean(known.map(({ precision }) => precision)),
      'families.recall': mean(known.map(({ recall }) => recall)),
      'families.f1': mean(known.map(({ f1 }) => f1)),
    },
    clips: overlaps.map(({ clip, overlap }) => ({ clip, score: overlap?.f1 ?? null })),
  };
}; // biome-ignore format: one list a line

const scoreClasses = (items: ScoreRequest['items']): Scored => {
  const [truth, prediction] = [
    items.map(({ reference }) => className(asText(reference))),
    items.map((item) => className(asText(item.prediction))),
  ];
  const { accuracy, uar, macroF1, weightedF1, kappa } = classification(truth, prediction);
  return {
    main: 'accuracy',
    values: { accuracy, uar, macroF1, weightedF1, kappa },
    clips: items.map(({ clip }, index) => ({ clip, score: truth[index] === prediction[index] ? 1 : 0 })),
  };
};

const SCORERS: Record<ScoreRequest['kind'], (items: ScoreRequest['items']) => Scored> = {
  explanations: scoreExplanations,
  labels: scoreLabels,
  classes: scoreClasses,
};
