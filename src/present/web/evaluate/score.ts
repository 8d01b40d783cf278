import { type ScoreResponse, scoreResponse } from '../../../../eval/score-items.ts';
import { refuse } from '../api/refuse.ts';
import type { Answers, ScoreKind } from './read-answers.ts';

/** A clip on both sides. */
export type ComparedClip = { clip: string; reference: string; prediction: string; score: number | null };

export type Scored = {
  response: ScoreResponse;
  clips: readonly ComparedClip[];
  /** Clips that only one side has. */
  unanswered: number;
  withoutReference: number;
};

export type ScoreNeeds = { base: URL; headers: Record<string, string>; signal: AbortSignal };

/**
 * Scores answers against references, at the service. Clips without an answer count as an empty one, as in
 * `whyface eval`; answers without a reference do not count.
 */
export const scoreAnswers = async (
  kind: ScoreKind,
  { references, predictions }: { references: Answers; predictions: Answers },
  { base, headers, signal }: ScoreNeeds,
): Promise<Scored> => {
  const items = [...references.items].map(([clip, reference]) => ({
    clip,
    reference,
    prediction: predictions.items.get(clip) ?? '',
  }));
  const response = await fetch(new URL('v1/scores', base), {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
    body: JSON.stringify({ kind, items }),
    signal,
  });
  const json = await response.text();
  if (!response.ok) {
    return refuse(response.status, json);
  }
  const parsed = scoreResponse.parse(JSON.parse(json));
  const scores = new Map(parsed.clips.map(({ clip, score }) => [clip, score]));
  return {
    response: parsed,
    clips: items
      .map((item) => ({ ...item, score: scores.get(item.clip) ?? null }))
      .sort((a, b) => (a.score ?? 2) - (b.score ?? 2)),
    unanswered: items.filter(({ clip }) => !predictions.items.has(clip)).length,
    withoutReference: [...predictions.items.keys()].filter((clip) => !references.items.has(clip)).length,
  };
};
