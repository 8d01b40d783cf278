import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { isTimeless } from '../../../contracts/timeless.ts';
import { TOGETHER_MS } from '../../../pipeline/merged-subjects.ts';
import { rangeText, timeText } from '../../view/words.ts';
import { usePage } from '../app/page-context.ts';
import type { OpenClip } from '../state/session.ts';
import { useStore } from '../state/store.ts';
import { apexOf } from './apex-of.ts';
import { FaceCrop } from './face-crop.tsx';
import './people.css';

type Person = OpenClip['analysis']['subjects'][number];

/** Who is who: named here, merged here, and chosen to be explained. */
export const PeopleRoom = ({ clip }: { clip: OpenClip }): JSX.Element => {
  const { revision, reviser } = usePage();
  const { merges, failure } = useStore(revision, (all) => all);
  const { subjects } = clip.analysis;
  return (
    <section class="people" aria-label="People">
      <p class="fine">
        The numbers follow the order in which faces came into view; whyface does not know who they are. A name that you
        give stays in this tab: no request, no export and no link holds it.
      </p>
      {subjects.length === 0 && <p class="lead">Nobody is in view.</p>}
      {failure !== null && (
        <p class="notice-box" role="alert">
          {failure.message}
        </p>
      )}
      <ul class="person-cards">
        {subjects.map((person) => (
          <Card key={person.id} clip={clip} person={person} />
        ))}
      </ul>
      {merges.length > 0 && (
        <section class="part" aria-label="Merged">
          <h3>Taken for one</h3>
          <ul class="merged">
            {merges.map(({ into, from }) => (
              <li key={from}>
                {from} is {into}{' '}
                <button type="button" class="link" onClick={() => void reviser.separate(from)}>
                  Separate {from} again
                </button>
              </li>
            ))}
          </ul>
          <p class="fine">
            The FACS rules reason about them as one person. The service keeps them apart, and so do its other reasoners
            and the conversation.
          </p>
        </section>
      )}
    </section>
  );
};

const Card = ({ clip, person }: { clip: OpenClip; person: Person }): JSX.Element => {
  const { reading, names, revision, reviser, controller, playhead, view } = usePage();
  const chosen = useStore(reading, ({ question }) => question.subject === person.id);
  const busy = useStore(revision, (state) => state.busy);
  const name = useStore(names, ({ given }) => given[person.id]) ?? person.id;
  const timeless = isTimeless(clip.analysis.clip);
  const { analysis, tracks, media } = clip;
  const apex = useMemo(() => {
    const subject = tracks?.subjects.find(({ id }) => id === person.id);
    return subject === undefined ? null : apexOf(subject, analysis.observations, timeless);
  }, [tracks, analysis, person.id, timeless]);
  const others = analysis.subjects.filter((other) => other.id !== person.id && !together(other, person, timeless));
  return (
    <li class={chosen ? 'person-card chosen' : 'person-card'}>
      <FaceCrop media={media} apex={apex} width={analysis.clip.width} name={name} />
      <div class="person-words">
        <label class="person-name">
          <span>{person.id}</span>
          <input
            class="text"
            value={name === person.id ? '' : name}
            placeholder="Name, for you alone"
            maxLength={40}
            autocomplete="off"
            onChange={(event) => names.call(person.id, event.currentTarget.value)}
          />
        </label>
        <p class="fine">
          {timeless ? '' : `In view ${rangeText({ startMs: person.firstMs, endMs: person.lastMs })}. `}
          {person.speaks === true ? 'Speaks. ' : person.speaks === false ? 'Does not speak. ' : ''}
          {person.frames} {person.frames === 1 ? 'frame' : 'frames'} measured.
        </p>
        <div class="choices">
          <button
            type="button"
            class="toggle"
            aria-pressed={chosen}
            onClick={() => void controller.ask({ subject: person.id })}
          >
            {chosen ? `${name} is explained` : `Explain ${name}`}
          </button>
          {!timeless && apex !== null && (
            <button
              type="button"
              class="toggle"
              onClick={() => {
                view.reveal(apex.ms);
                playhead.seek(apex.ms);
              }}
            >
              Apex at {timeText(apex.ms)}
            </button>
          )}
          {others.length > 0 && (
            <label>
              <span class="hidden-text">{person.id} is the same person as</span>
              <select
                class="select"
                value=""
                disabled={busy}
                onChange={(event) => {
                  const other = event.currentTarget.value;
                  event.currentTarget.value = '';
                  // The lower number stays: that is who came first.
                  const [into, from] =
                    Number(other.slice(1)) < Number(person.id.slice(1)) ? [other, person.id] : [person.id, other];
                  void reviser.merge(into, from);
                }}
              >
                <option value="">Same person as …</option>
                {others.map(({ id }) => (
                  <option key={id} value={id}>
                    {names.of(id)}
                  </option>
                ))}
              </select>
            </label>
          )}
        </div>
      </div>
    </li>
  );
};

/** Seen at the same time, they are two. */
const together = (one: Person, other: Person, timeless: boolean): boolean =>
  timeless || Math.min(one.lastMs, other.lastMs) - Math.max(one.firstMs, other.firstMs) > TOGETHER_MS;
