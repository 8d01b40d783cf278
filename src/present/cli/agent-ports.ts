import type { AgentPorts } from '../../chat/agent/index.ts';
import type { Analysis, Observation, ObserveOptions, Percepts } from '../../contracts/index.ts';
import type { Pipeline } from '../../pipeline.ts';

export type PortNeeds = {
  pipeline: Pipeline;
  path: string;
  observed: { analysis: Analysis; percepts: Percepts | null };
  options: ObserveOptions;
  transcript: string | undefined;
};

/** What the agent of `whyface chat` may do with the clip itself, which lies on this machine. */
export const agentPortsFor = ({ pipeline, path, observed, options, transcript }: PortNeeds): AgentPorts => {
  const { clip, sampling, observations } = observed.analysis;
  // Nothing is to be gained where every frame was measured already.
  const thinned = clip.kind === 'video' && sampling.fps > 0 && sampling.fps < Math.min(29, (clip.fps ?? 0) - 1);
  let again: Promise<Analysis> | null = null;
  return {
    remeasure: thinned
      ? async (range, signal) => {
          again ??= pipeline
            .observe(path, { ...options, fps: 'all' }, { signal, transcript })
            .then(({ analysis }) => analysis);
          const all = await again;
          const first = 1 + Math.max(0, ...observations.map(({ id }) => Number(id.slice(1))));
          return all.observations
            .map((observation, index): Observation => ({ ...observation, id: `o${first + index}` }))
            .filter(({ range: when }) => when.startMs < range.endMs && when.endMs > range.startMs);
        }
      : undefined,
  };
};
