import type { JSX } from 'preact';
import type { Work } from '../state/session.ts';
import { usePage } from './page-context.ts';

const STAGES = [
  { id: 'perceive', name: 'Measuring faces, voice and words' },
  { id: 'observe', name: 'Turning measurements into observations' },
  { id: 'reason', name: 'Reasoning, and checking every claim' },
] as const;

export const Working = ({ work }: { work: Work }): JSX.Element => {
  const { controller } = usePage();
  const at = (id: string): number | null => {
    const found = work.stages.find(({ stage }) => stage === id);
    return found === undefined ? null : found.total > 0 ? found.done / found.total : 0;
  };
  const steps = [
    { id: 'send', name: 'Sending the file', share: work.sent },
    ...STAGES.map(({ id, name }) => ({ id, name, share: at(id) })),
  ];
  const current = steps.findLast(({ share }) => share !== null) ?? steps[0];
  return (
    <section class="working" aria-busy="true">
      <h2>
        <bdi>{work.name}</bdi>
      </h2>
      <p class="hidden-text" aria-live="polite">
        {current?.name}
      </p>
      <ol>
        {steps.map(({ id, name, share }) => (
          <li key={id} class={share === null ? 'later' : share >= 1 ? 'done' : 'now'}>
            <span>{name}</span>
            <progress max={1} value={share ?? 0} aria-label={name} />
          </li>
        ))}
      </ol>
      <button type="button" class="button" onClick={() => void controller.close()}>
        Stop
      </button>
    </section>
  );
};
