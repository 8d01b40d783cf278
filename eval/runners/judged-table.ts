import { type JudgedOptions, judgedOverlap } from '../judge/judged-overlap.ts';
import type { EvaluationReport } from '../report/evaluation-report.ts';

/** Overlap as a language model judges it, with its name, temperature and prompts. */
export const addJudged = async (
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
