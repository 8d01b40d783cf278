import type { ReasonEvent, ReasonStage } from '../reasoner.ts';
import type { Followed, Follower } from './follow-text.ts';

/** Where events go; `undefined` where nobody listens. */
export type Saying = ((event: ReasonEvent) => void) | undefined;

/** Tells the words of one stage as they come; `undefined` where nobody listens. */
export const sayStage = (
  say: Saying,
  stage: ReasonStage,
  attempt: number,
  follow: (followed: Followed) => Follower,
): { onText: (text: string) => void; end: () => void } | undefined => {
  if (say === undefined) {
    return undefined;
  }
  say({ type: 'stage-start', stage, attempt });
  const follower = follow({
    onWords: (part, text) => say({ type: 'text-delta', stage, part, text }),
    onSentence: (part, { text, cites }) => say({ type: 'sentence-end', stage, part, text, cites }),
  });
  return {
    onText: follower.add,
    end: () => {
      follower.end();
      say({ type: 'stage-end', stage });
    },
  };
};
