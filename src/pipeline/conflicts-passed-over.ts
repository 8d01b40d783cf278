/** Conflicts between face, voice and words that an answer does not say. No node imports. */
import type { CitedSentence, ObservationKind, Warning } from '../contracts/index.ts';
import { createFacsReasoner } from '../reason/facs/index.ts';
import type { ReasonRequest, ReasonResult } from '../reason/reasoner.ts';

type Channel = 'face' | 'voice' | 'words';

const CHANNELS: Partial<Record<ObservationKind, Channel>> = {
  'action-unit': 'face',
  expression: 'face',
  head: 'face',
  gaze: 'face',
  voice: 'voice',
  speech: 'words',
  'scene-text': 'words',
};

/**
 * What the FACS reasoner, which never leaves a conflict out, finds between two channels, and the answer names nowhere:
 * no conflict of it cites both. A model averages contradictions away more readily than it invents them.
 */
export const conflictsPassedOver = async (
  request: ReasonRequest,
  { answer }: ReasonResult,
  signal: AbortSignal | undefined,
): Promise<Warning[]> => {
  const kinds = new Map(request.analysis.observations.map(({ id, kind }) => [id, kind]));
  const channelsOf = ({ cites }: CitedSentence): Set<Channel> =>
    new Set(
      cites.flatMap((id) => {
        const kind = kinds.get(id);
        return (kind === undefined ? undefined : CHANNELS[kind]) ?? [];
      }),
    );
  const said = answer.conflicts.map(channelsOf);
  const { answer: measured } = await createFacsReasoner().doReason(request, { signal });
  return measured.conflicts
    .filter((conflict) => {
      const channels = [...channelsOf(conflict)];
      return channels.length > 1 && !said.some((own) => channels.every((channel) => own.has(channel)));
    })
    .map(({ text, cites }) => ({
      code: 'conflict-passed-over',
      message: `The answer passes over a conflict: ${text} [${cites.join('] [')}]`,
    }));
};
