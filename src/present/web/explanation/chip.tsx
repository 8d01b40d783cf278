import { type ComponentChildren, createContext, type JSX } from 'preact';
import { useContext } from 'preact/hooks';
import type { Observation } from '../../../contracts/index.ts';
import { rangeText } from '../../view/words.ts';
import { usePage } from '../app/page-context.ts';
import { observationIn } from '../state/session.ts';
import { useStore } from '../state/store.ts';

/** Observations that only one part of the page knows: those measured for an answer. */
export const MoreObservations = createContext<readonly Observation[]>([]);

/** The id of an observation: pointing lights what it stands for everywhere, pressing plays it. */
export const Chip = ({ id }: { id: string }): JSX.Element => {
  const { session, reading, focus, playhead, controller } = usePage();
  const more = useContext(MoreObservations).find((each) => each.id === id);
  const known = useStore(session, ({ now }) => observationIn(now.clip, id));
  const observation = more ?? known;
  const lit = useStore(focus, (state) => state.lit.has(id));
  const muted = useStore(reading, (state) => state.muted.has(id));
  return (
    <button
      type="button"
      class={`chip${lit ? ' lit' : ''}${muted ? ' muted' : ''}`}
      title={titleOf(observation)}
      aria-label={`${id}. ${titleOf(observation)}`}
      onPointerEnter={() => focus.light([id])}
      onPointerLeave={() => focus.clear()}
      onFocus={() => focus.light([id])}
      onBlur={() => focus.clear()}
      onClick={() => (more === undefined ? controller.playObservation(id) : playhead.playRange(more.range))}
    >
      {id}
    </button>
  );
};

const titleOf = (observation: Observation | undefined): string =>
  observation === undefined ? 'Not among the observations' : `${observation.text} ${rangeText(observation.range)}`;

type ChipsProps = {
  ids: readonly string[];
  /** Stays on the line of the last chip. */
  children?: ComponentChildren;
};

export const Chips = ({ ids, children = null }: ChipsProps): JSX.Element => {
  const unique = [...new Set(ids)];
  const last = unique.at(-1);
  return (
    <span class="chips">
      {unique.slice(0, -1).map((id) => (
        <Chip key={id} id={id} />
      ))}
      <span class="together">
        {last !== undefined && <Chip id={last} />}
        {children}
      </span>
    </span>
  );
};

/** Words in which observations are named, with those names as chips. */
export const WithChips = ({ text }: { text: string }): JSX.Element => {
  const { session } = usePage();
  const known = session.get().now.clip?.analysis.observations ?? [];
  return (
    <>
      {text
        .split(/\b(o\d+)\b/)
        .map((part, index) =>
          known.some(({ id }) => id === part) ? <Chip key={`${index}${part}`} id={part} /> : part,
        )}
    </>
  );
};
