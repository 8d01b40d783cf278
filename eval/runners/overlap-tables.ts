import { cueScore, pooledCues } from '../metrics/cue-match.ts';
import { labelOverlap } from '../metrics/label-overlap.ts';
import { mean } from '../metrics/set-overlap.ts';
import { bleu, meteorLike, rougeL, rougeN } from '../metrics/text-overlap.ts';
import { problemOf, problemsOf } from '../problem.ts';
import type { Cell, EvaluationReport } from '../report/evaluation-report.ts';
import { bootstrap } from '../statistics/bootstrap.ts';
import { SMALLEST_HEADLINE } from '../statistics/headline.ts';
import { cuesOfText } from '../text/cues-of-text.ts';
import { labelsOfText } from '../text/labels-of-text.ts';
import { pairClips } from './pair-clips.ts';

type ClipScore = {
  clip: string;
  label: { precision: number; recall: number; f1: number } | null;
  cues: ReturnType<typeof cueScore>;
  rougeL: number;
  meteor: number;
};

/** What is said against the reference: labels, cues and words, over the clips that both have. */
export const addOverlap = (
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
