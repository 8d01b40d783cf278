import { createParser } from 'eventsource-parser';
import type { StageProgress } from '../state/session.ts';

/** Reads the events of a job to its end, and tells of its stages. What is not understood is passed over. */
export const readEvents = async (response: Response, onStage: (progress: StageProgress) => void): Promise<void> => {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (reader === undefined) {
    return;
  }
  let ended = false;
  const parser = createParser({
    onEvent: ({ data }) => {
      const event = stageEvent(data);
      ended ||= event?.type === 'job-end';
      if (event !== null && event.stage !== null) {
        onStage({ stage: event.stage, done: event.done, total: event.total });
      }
    },
  });
  while (!ended) {
    const { done, value } = await reader.read();
    if (done) {
      return;
    }
    parser.feed(value);
  }
  await reader.cancel();
};

type StageEvent = { type: string; stage: string | null; done: number; total: number };

const stageEvent = (data: string): StageEvent | null => {
  try {
    const event: unknown = JSON.parse(data);
    if (typeof event !== 'object' || event === null || !('type' in event) || typeof event.type !== 'string') {
      return null;
    }
    const number = (value: unknown): number => (typeof value === 'number' ? value : 0);
    const ended = event.type === 'stage-end';
    return {
      type: event.type,
      stage: 'stage' in event && typeof event.stage === 'string' ? event.stage : null,
      done: ended ? 1 : number('done' in event ? event.done : 0),
      total: ended ? 1 : number('total' in event ? event.total : 0),
    };
  } catch {
    return null;
  }
};
