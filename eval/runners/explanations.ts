import type { Analysis, ExplainRecord } from '../../src/contracts/index.ts';
import { type JudgedOptions, judgedOverlap } from '../judge/judged-overlap.ts';
import { literalUnitsOfText, unitScore, unitsOfText } from '../metrics/au-lexicon.ts';
import { cueScore, pooledCues } from '../metrics/cue-match.ts';
import { labelOverlap } from '../metrics/label-overlap.ts';
import { mean } from '../metrics/set-overlap.ts';
import { bleu, meteorLike, rougeL, rougeN } from '../metrics/text-overlap.ts';
import { textStyle } from '../metrics/text-style.ts';
import { problemOf, problemsOf } from '../problem.ts';
import { readDescriptions } from '../readers/description-table.ts';
import { stem } from '../readers/input-file.ts';
import { holdsRecords, readAnalyses, readRecords } from '../readers/records.ts';
import { blankReport } from '../report/blank-report.ts';
import type { Cell, EvaluationReport, ReportTable } from '../report/evaluation-report.ts';
import { bootstrap } from '../statistics/bootstrap.ts';
import { SMALLEST_HEADLINE } from '../statistics/headline.ts';
import { cuesOfText } from '../text/cues-of-text.ts';
import { labelsOfText } from '../text/labels-of-text.ts';
import { type GroundingSummary, groundingOf } from './grounding.ts';
import { pairClips } from './pair-clips.ts';

export type ExplanationsRequest = {
  predictions: string;
  /** Reference descriptions; without them only what needs none is scored. */
  reference?: string | undefined;
  /** Records of `whyface observe`, against which free descriptions are grounded. */
  analyses?: string | undefined;
  predictionColumn?: string | undefined;
  referenceColumn?: string | undefined;
  seed?: number | undefined;
  /** Also ask a language model, or replay its stored replies, as EMER v1 did. */
  judged?: JudgedOptions | undefined;
};

type ClipScore = {
  clip: string;
  label: { precision: number; recall: number; f1: number } | null;
  cues: ReturnType<typeof cueScore>;
  rougeL: number;
  meteor: number;
};

/** `whyface eval explanations`: free descriptions against references, and against the measurements where there are any. */
export const explanationsReport = async (request: ExplanationsRequest): Promise<EvaluationReport> => {
  const predicted = await readDescriptions(request.predictions, request.predictionColumn);
  const name = stem(request.predictions);
  const report = blankReport('explanations', `Explanations: ${name}`, {
    inputs: [...predicted.sources],
    parameters: parametersOf(request),
    problems: [...predicted.problems],
  });
  if (request.reference !== undefined) {
    const reference = await readDescriptions(request.reference, request.referenceColumn);
    report.inputs.push(...reference.sources);
    report.problems.push(...reference.problems);
    addOverlap(report, predicted.items, reference.items, name, request.seed);
    if (request.judged !== undefined) {
      await addJudged(report, predicted.items, reference.items, request.judged);
    }
  }
  addStyle(report, [...predicted.items.values()]);
  const records = (await holdsRecords(request.predictions)) ? await readRecords(request.predictions) : null;
  const analyses = request.analyses === undefined ? analysesOf(records?.records) : await readAnalyses(request.analyses);
  addGrounding(report, records?.records ?? null, predicted.items, analyses);
  return report;
};

const parametersOf = ({ judged: _, ...request }: ExplanationsRequest): Record<string, unknown> => ({ ...request });

const addJudged = async (
  report: EvaluationReport,
  predictions: ReadonlyMap<string, string>,
  reference: ReadonlyMap<string, string>,
  options: JudgedOptions,
): Promise<void> => {
  const clips = [...reference].map(([clip, truth]) => ({ clip, truth, prediction: predictions.get(clip) ?? '' }));
  const score = await judgedOverlap(clips, options);
  const { judge, scale, prompts, problems } = score;
  report.problems.push(...problems);
  report.values['judged.clue'] = score.clue;
  report.values['judged.label'] = score.label;
  report.parameters.judge = { ...judge, scale, prompts, repeats: options.repeats };
  report.tables.push({
    id: 'judged',
    title: `Judged by ${judge.model}, temperature ${judge.temperature}, scale ${scale.low}–${scale.high}`,
    columns: [
      { label: 'overlap', kind: 'text' },
      { label: 'score', kind: 'number', digits: 2 },
      { label: 'spread over repeats', kind: 'number', digits: 3 },
      { label: 'clips', kind: 'count' },
    ],
    rows: [
      ['clues', score.clue, score.clueSpread, score.clips],
      ['labels', score.label, score.labelSpread, score.clips],
    ],
    notes: [
      `Prompts: ${prompts.map(({ id, version, sha256 }) => `${id}@${version} (${sha256.slice(0, 12)})`).join(', ')}; ${score.asked} questions asked, the rest from stored replies.`,
      'Comparable only with scores of the same judge, temperature, scale and prompts.',
    ],
  });
};

const analysesOf = (records: ReadonlyMap<string, ExplainRecord> | undefined): Map<string, Analysis> =>
  new Map(
    [...(records ?? [])].flatMap(([clip, { analysis }]) => (analysis === null ? [] : [[clip, analysis] as const])),
  );

const addOverlap = (
  report: EvaluationReport,
  predictions: ReadonlyMap<string, string>,
  reference: ReadonlyMap<string, string>,
  name: string,
  seed: number | undefined,
): void => {
  const paired = pairClips(reference, predictions, name);
  const clips = paired.clips.map(({ clip, truth, prediction }): ClipScore => {
    const answer = prediction ?? '';
    const families = labelsOfText(truth).flatMap((label) => label.families);
    const pair = { reference: truth, candidate: answer };
    return {
      clip,
      label:
        families.length === 0
          ? null
          : labelOverlap(
              families,
              labelsOfText(answer).flatMap((label) => label.families),
            ),
      cues: cueScore(cuesOfText(truth), cuesOfText(answer)),
      rougeL: rougeL(pair),
      meteor: meteorLike(pair),
    };
  });
  const labelled = clips.flatMap(({ label }) => label ?? []);
  const cues = pooledCues(clips.map((clip) => clip.cues));
  const labelF1 = bootstrap(labelled, (sample) => mean(sample.map(({ f1 }) => f1)), { seed });
  const cueF1 = bootstrap(clips, (sample) => pooledCues(sample.map((clip) => clip.cues)).all.f1, { seed });
  const small = clips.length < SMALLEST_HEADLINE;
  report.problems.push(
    ...paired.problems,
    ...problemsOf([
      problemOf(
        'empty-truth',
        name,
        clips.filter(({ label }) => label === null).map(({ clip }) => clip),
        'The reference names no feeling: left out of the label overlap.',
      ),
      problemOf(
        'empty-prediction',
        name,
        [...predictions].filter(([, text]) => text.trim() === '').map(([clip]) => clip),
        'Scored 0.',
      ),
      small
        ? problemOf(
            'small-sample',
            name,
            clips.map(({ clip }) => clip),
            `Below ${SMALLEST_HEADLINE} clips: intervals only, no headline number.`,
          )
        : null,
    ]),
  );
  report.values['label.f1'] = labelF1.estimate;
  report.values['label.precision'] = mean(labelled.map(({ precision }) => precision));
  report.values['label.recall'] = mean(labelled.map(({ recall }) => recall));
  for (const [channel, score] of Object.entries(cues)) {
    report.values[`cues.${channel}.precision`] = score.precision;
    report.values[`cues.${channel}.recall`] = score.recall;
    report.values[`cues.${channel}.f1`] = score.f1;
  }
  const pairs = paired.clips.map(({ truth, prediction }) => ({ reference: truth, candidate: prediction ?? '' }));
  const secondary = {
    'BLEU-4 (corpus)': bleu(pairs),
    'ROUGE-1 F1': mean(pairs.map((pair) => rougeN(pair, 1))),
    'ROUGE-2 F1': mean(pairs.map((pair) => rougeN(pair, 2))),
    'ROUGE-L F1': mean(clips.map((clip) => clip.rougeL)),
    'METEOR-like': mean(clips.map((clip) => clip.meteor)),
  };
  Object.assign(report.values, secondary);
  const interval = ({ low, high }: { low: number; high: number }): string =>
    `${(100 * low).toFixed(1)}–${(100 * high).toFixed(1)}`;
  const channelRow = (channel: keyof typeof cues): Cell[] => {
    const { precision, recall, f1, named, expected } = cues[channel];
    return [
      `cues, ${channel}`,
      precision,
      recall,
      small ? null : f1,
      channel === 'all' ? interval(cueF1) : '',
      `${named} named, ${expected} expected`,
    ];
  };
  report.tables.push(
    {
      id: 'overlap',
      title: 'What is said, against the reference (%)',
      columns: [
        { label: 'of', kind: 'text' },
        { label: 'precision', kind: 'percent' },
        { label: 'recall', kind: 'percent' },
        { label: 'F1', kind: 'percent' },
        { label: '95 % interval of F1', kind: 'text' },
        { label: 'n', kind: 'text' },
      ],
      rows: [
        [
          'labels',
          report.values['label.precision'] ?? null,
          report.values['label.recall'] ?? null,
          small ? null : labelF1.estimate,
          interval(labelF1),
          `${labelled.length} clips`,
        ],
        channelRow('facial'),
        channelRow('vocal'),
        channelRow('verbal'),
        channelRow('all'),
      ],
      notes: [
        'Labels: families of feeling named and not denied. Cues: what is seen, heard or quoted, by channel and polarity, pooled over the clips.',
        'Quotations are compared as letters: a reference in another language shares none.',
      ],
    },
    {
      id: 'secondary',
      title: 'Words shared with the reference (secondary: they do not rank systems as judges do)',
      columns: [
        { label: 'metric', kind: 'text' },
        { label: 'value', kind: 'percent' },
      ],
      rows: Object.entries(secondary),
    },
    {
      id: 'clips',
      title: 'Clip by clip',
      columns: [
        { label: 'clip', kind: 'text' },
        { label: 'label F1', kind: 'number', digits: 2 },
        { label: 'cue F1', kind: 'number', digits: 2 },
        { label: 'ROUGE-L', kind: 'number', digits: 2 },
      ],
      rows: clips.map(({ clip, label, cues: named, rougeL: words }) => [clip, label?.f1 ?? null, named.all.f1, words]),
    },
  );
};

const addStyle = (report: EvaluationReport, texts: readonly string[]): void => {
  const styles = texts.map(textStyle);
  const values = {
    words: mean(styles.map(({ words }) => words)),
    'distinct-1': mean(styles.map(({ distinct1 }) => distinct1)),
    'distinct-2': mean(styles.map(({ distinct2 }) => distinct2)),
    repetition: mean(styles.map(({ repetition }) => repetition)),
    'Flesch–Kincaid grade': mean(styles.map(({ grade }) => grade)),
  };
  Object.assign(report.values, values);
  report.tables.push({
    id: 'style',
    title: `Style, mean of ${texts.length} texts`,
    columns: [{ label: 'measure', kind: 'text' }, { label: 'value', kind: 'number', digits: 2 }],
    rows: Object.entries(values),
  }); // biome-ignore format: one table
};

const addGrounding = (
  report: EvaluationReport,
  records: ReadonlyMap<string, ExplainRecord> | null,
  texts: ReadonlyMap<string, string>,
  analyses: ReadonlyMap<string, Analysis>,
): void => {
  if (analyses.size === 0) {
    report.notes.push(
      'No measurements were given (--analyses, or records of "whyface explain"), so nothing is grounded.',
    );
    return;
  }
  const summary = groundingOf(records, texts, analyses);
  report.tables.push(groundingTable(summary), unitsTable(texts, analyses, report));
  Object.assign(report.values, {
    'grounding.score': summary.score,
    'grounding.hallucination': summary.hallucination,
    ...Object.fromEntries(Object.entries(summary.verdicts).map(([verdict, count]) => [`grounding.${verdict}`, count])),
  });
};

const groundingTable = ({ verdicts, score, hallucination, clips }: GroundingSummary): ReportTable => ({
  id: 'grounding',
  title: `Grounding in the measurements, ${clips} clips`,
  columns: [{ label: 'claims', kind: 'text' }, { label: 'value', kind: 'number', digits: 3 }],
  rows: [
    ...Object.entries(verdicts).map(([verdict, count]): Cell[] => [verdict, count]),
    ['grounding (supported / testable)', score],
    ['hallucination rate (contradicted or unsupported / testable)', hallucination],
  ],
}); // biome-ignore format: one table

const unitsTable = (
  texts: ReadonlyMap<string, string>,
  analyses: ReadonlyMap<string, Analysis>,
  report: EvaluationReport,
): ReportTable => {
  const clips = [...texts].flatMap(([clip, text]) => {
    const analysis = analyses.get(clip);
    return analysis === undefined ? [] : [{ text, shown: shownUnits(analysis) }];
  });
  const ours = unitScore(clips.map(({ text, shown }) => ({ named: unitsOfText(text).present, shown })));
  const literal = unitScore(clips.map(({ text, shown }) => ({ named: literalUnitsOfText(text), shown })));
  report.values['units.f1'] = ours.f1;
  report.values['units.literal.f1'] = literal.f1;
  return {
    id: 'units',
    title: 'Action units named, against those measured (%)',
    columns: [
      { label: 'lexicon', kind: 'text' },
      { label: 'precision', kind: 'percent' },
      { label: 'recall', kind: 'percent' },
      { label: 'F1', kind: 'percent' },
    ],
    rows: [
      ['paraphrases and denials (whyface)', ours.precision, ours.recall, ours.f1],
      ["MER-Factory's 18 phrases", literal.precision, literal.recall, literal.f1],
    ],
  };
};

const shownUnits = (analysis: Analysis): Set<string> =>
  new Set(
    analysis.observations.flatMap((observation) =>
      observation.kind === 'action-unit' && observation.au.status === 'present' ? [observation.au.code] : [],
    ),
  );
