import { z } from 'zod';
import {
  ACTION_UNIT_CODES,
  type Analysis,
  type Claim,
  citedSentence,
  type Explanation,
  judgement,
  type Purpose,
  subjectId,
  verdict,
} from '../contracts/index.ts';
import { actionUnit } from '../facs/index.ts';
import { checkSentence } from './check-answer.ts';
import { said } from './draft.ts';
import { readingPhrase } from './offline/answers/tell-reading.ts';
import { listed, percent } from './offline/words.ts';
import { createScene, observationsOf, type Scene, strongestOf, unitsOf } from './scene.ts';

const sideEvidence = citedSentence.extend({ verdict: verdict.describe('The worst of its claims') });

/** What differs between two clips, each side with its own evidence. */
export const clipComparison = z.object({
  schema: z.literal('whyface/comparison@1'),
  sides: z
    .array(
      z.object({
        input: z.string(),
        analysisId: z.string(),
        subject: subjectId.nullable(),
        judgement: judgement.nullable(),
      }),
    )
    .length(2),
  differences: z.array(
    z.object({
      topic: z.string().describe('reading, valence, arousal, an action unit, voice, words'),
      text: z.string(),
      evidence: z
        .array(sideEvidence.nullable())
        .length(2)
        .describe('Of the first and the second clip; ids are those of its own analysis'),
    }),
  ),
  common: z.array(z.string()),
});
export type ClipComparison = z.infer<typeof clipComparison>;

export type ComparedClip = {
  input: string;
  analysis: Analysis;
  explanations: readonly Explanation[];
  subject?: string | undefined;
};

type Side = { name: string; input: string; scene: Scene; subject: string | null; explanation: Explanation | null };

/** Least difference in intensity (0–5) that is told. */
const TOLD = 0.75;

/** Compares the person asked for, or longest in view, of two clips. */
export const compareAnalyses = async (
  one: ComparedClip,
  other: ComparedClip,
  purpose: Purpose = 'unspecified',
): Promise<ClipComparison> => {
  const [a, b] = await Promise.all([sideOf('A', one, purpose), sideOf('B', other, purpose)]);
  const units = ACTION_UNIT_CODES.flatMap((code): (Difference & { size: number })[] => {
    const [first, second] = [a, b].map((side) =>
      strongestOf(unitsOf(side.scene, { subject: side.subject, range: side.scene.whole, codes: [code] }).present),
    );
    const gap = (first?.au.intensity ?? 0) - (second?.au.intensity ?? 0);
    if (first === undefined || second === undefined || (first === null && second === null) || Math.abs(gap) < TOLD) {
      return [];
    }
    const noun = `the ${actionUnit(code).noun} (${code})`;
    const text =
      first === null
        ? `Only B shows ${noun}.`
        : second === null
          ? `Only A shows ${noun}.`
          : `${capital(noun)} is stronger in ${gap > 0 ? 'A' : 'B'}: ${(first.au.intensity ?? 0).toFixed(1)} in A, ${(second.au.intensity ?? 0).toFixed(1)} in B, of 5.`;
    return [
      {
        topic: code,
        text,
        ids: [first === null ? absenceOf(a, code) : [first.id], second === null ? absenceOf(b, code) : [second.id]],
        size: Math.abs(gap),
      },
    ];
  });
  const ranked = units.sort((x, y) => y.size - x.size);
  const found: Difference[] = [...readingsOf(a, b), ...ranked, ...voices(a, b), ...words(a, b)];
  return {
    schema: 'whyface/comparison@1',
    sides: [a, b].map(({ input, scene, subject, explanation }) => ({
      input,
      analysisId: scene.analysis.id,
      subject,
      judgement: explanation?.judgement ?? null,
    })),
    differences: found.map(({ topic, text, ids: [left, right] }) => ({
      topic,
      text,
      evidence: [evidenceOf(a, left), evidenceOf(b, right)],
    })),
    common: commonOf(a, b),
  };
};

type Difference = { topic: string; text: string; ids: readonly [readonly string[], readonly string[]] };

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const sideOf = async (
  name: string,
  { input, analysis, explanations, subject }: ComparedClip,
  purpose: Purpose,
): Promise<Side> => {
  const scene = createScene({ analysis, explanations, purpose });
  const longest = [...scene.people].sort((x, y) => y.frames - x.frames)[0]?.id ?? null;
  const chosen = subject ?? longest;
  return {
    name,
    input,
    scene,
    subject: chosen,
    explanation: scene.mayInfer ? await scene.explain(chosen, scene.whole) : null,
  };
};

/** The statement that a unit is not there, if there is one. */
const absenceOf = ({ scene, subject }: Side, code: (typeof ACTION_UNIT_CODES)[number]): string[] => {
  const { absent, untold } = unitsOf(scene, { subject, range: scene.whole, codes: [code] });
  return [...absent, ...untold].slice(0, 1).map(({ id }) => id);
};

const readingsOf = (a: Side, b: Side): Difference[] => {
  const [first, second] = [a.explanation?.judgement, b.explanation?.judgement];
  if (first === undefined || second === undefined) {
    return [];
  }
  const phrase = (side: NonNullable<typeof first>): string =>
    side.abstained ? 'gives no reading' : `reads as ${readingPhrase(side)}`;
  const cites = ({ explanation }: Side): string[] =>
    explanation === null
      ? []
      : [
          ...new Set([...explanation.conclusion.cites, ...explanation.keyObservations.flatMap((each) => each.cites)]),
        ].slice(0, 6);
  const ids: Difference['ids'] = [cites(a), cites(b)];
  const same =
    first.expression.label === second.expression.label &&
    first.compound.label === second.compound.label &&
    first.abstained === second.abstained;
  const reading = {
    topic: 'reading',
    text: same ? `Both: A ${phrase(first)}, B ${phrase(second)}.` : `A ${phrase(first)}; B ${phrase(second)}.`,
    ids,
  };
  const affects = (['valence', 'arousal'] as const).flatMap((dimension): Difference[] => {
    const gap = first[dimension] - second[dimension];
    const signed = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;
    return Math.abs(gap) < 0.2
      ? []
      : [
          {
            topic: dimension,
            text: `The ${dimension} is ${signed(first[dimension])} in A and ${signed(second[dimension])} in B.`,
            ids: [[], []],
          },
        ];
  });
  const sure: Difference[] =
    Math.abs(first.confidence - second.confidence) < 0.2
      ? []
      : [
          {
            topic: 'confidence',
            text: `The confidence is ${percent(first.confidence)} in A and ${percent(second.confidence)} in B.`,
            ids: [[], []],
          },
        ];
  return [reading, ...affects, ...sure];
};

const voices = (a: Side, b: Side): Difference[] => {
  const own = ({ scene, subject }: Side) =>
    observationsOf(scene, 'voice', undefined, scene.whole)
      .filter((each) => (each.subject === null || each.subject === subject) && each.voice.word !== 'measured')
      .slice(0, 3);
  const [first, second] = [own(a), own(b)];
  const tell = (side: string, list: typeof first): string =>
    list.length === 0
      ? `in ${side} no voice stands out`
      : `in ${side}: ${listed([...new Set(list.map(({ voice }) => `${voice.feature} ${voice.word}`))])}`;
  return first.length + second.length === 0
    ? []
    : [
        {
          topic: 'voice',
          text: `${capital(tell('A', first))}; ${tell('B', second)}.`,
          ids: [first.map(({ id }) => id), second.map(({ id }) => id)],
        },
      ];
};

const words = (a: Side, b: Side): Difference[] => {
  const own = ({ scene }: Side) => observationsOf(scene, 'speech', undefined, scene.whole).slice(0, 2);
  const [first, second] = [own(a), own(b)];
  const tell = (list: typeof first): string =>
    list.length === 0 ? 'nothing is known to be said' : listed(list.map(({ speech }) => `"${speech.quote}"`));
  return first.length + second.length === 0
    ? []
    : [
        {
          topic: 'words',
          text: `In A, ${tell(first)}; in B, ${tell(second)}.`,
          ids: [first.map(({ id }) => id), second.map(({ id }) => id)],
        },
      ];
};

const WORST_FIRST = ['contradicted', 'unsupported', 'untestable', 'supported'] as const;

/** The statements of one side in its own words, checked against its own analysis. */
const evidenceOf = (
  { scene, subject }: Side,
  ids: readonly string[],
): ClipComparison['differences'][number]['evidence'][number] => {
  const statements = ids.flatMap((id) => scene.byId.get(id) ?? []);
  if (statements.length === 0) {
    return null;
  }
  const claims: Claim[] = statements.flatMap((each) =>
    checkSentence(said(each.text, [each.id], { subject: each.subject }), 0, scene.analysis, {
      subject,
      range: scene.whole,
    }),
  );
  return {
    text: statements.map(({ text }) => text).join(' '),
    cites: statements.map(({ id }) => id),
    verdict: WORST_FIRST.find((each) => claims.some((claim) => claim.verdict === each)) ?? 'untestable',
  };
};

const commonOf = (a: Side, b: Side): string[] =>
  ACTION_UNIT_CODES.flatMap((code) => {
    const [first, second] = [a, b].map(({ scene, subject }) =>
      strongestOf(unitsOf(scene, { subject, range: scene.whole, codes: [code] }).present),
    );
    const both = first !== null && first !== undefined && second !== null && second !== undefined;
    return both && Math.abs((first.au.intensity ?? 0) - (second.au.intensity ?? 0)) < TOLD
      ? [`${actionUnit(code).noun} (${code})`]
      : [];
  });
