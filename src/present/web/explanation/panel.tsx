import type { JSX } from 'preact';
import { isTimeless } from '../../../contracts/timeless.ts';
import { usePage } from '../app/page-context.ts';
import type { ReasonerId } from '../state/reading.ts';
import type { OpenClip } from '../state/session.ts';
import { useStore } from '../state/store.ts';
import { Answer } from './answer.tsx';
import { EvidenceList } from './evidence-list.tsx';
import { Limits } from './limits.tsx';
import { RevisedNote } from './revised-note.tsx';
import './explanation.css';

const REASONERS: ReadonlyArray<{ id: ReasonerId; name: string }> = [
  { id: 'facs', name: 'FACS rules' },
  { id: 'llm', name: 'Language model' },
  { id: 'clip', name: 'CLIP' },
  { id: 'vlm', name: 'Vision model' },
  { id: 'ensemble', name: 'All together' },
];

/** Why: the answer, beside another one where two are compared, and the evidence. */
export const ExplanationPanel = ({ clip }: { clip: OpenClip }): JSX.Element => {
  const { reading } = usePage();
  const state = useStore(reading, (all) => all);
  const timed = !isTimeless(clip.analysis.clip);
  return (
    <section
      class={state.beside === null ? 'explanation' : 'explanation two'}
      aria-label="Explanation"
      aria-busy={state.busy}
    >
      <Asked clip={clip} />
      <RevisedNote clip={clip} />
      {state.failure !== null && (
        <p class="notice-box" role="alert">
          {state.failure.message}
        </p>
      )}
      <div class="answers">
        {state.explanation === null ? (
          state.busy ? null : (
            <p class="lead">There is no face and no voice here that can be read.</p>
          )
        ) : (
          <Answer explanation={state.explanation} without={state.without} timed={timed} />
        )}
        {state.beside !== null && (
          <div class="beside">
            {state.beside.failure !== null && (
              <p class="notice-box" role="alert">
                {state.beside.failure.message}
              </p>
            )}
            {state.beside.explanation === null ? (
              state.beside.failure === null && <p class="fine">Reasoning …</p>
            ) : (
              <Answer explanation={state.beside.explanation} without={null} timed={timed} />
            )}
          </div>
        )}
      </div>
      {state.explanation !== null && <EvidenceList analysis={clip.analysis} explanation={state.explanation} />}
      <Limits analysis={clip.analysis} />
    </section>
  );
};

const Asked = ({ clip }: { clip: OpenClip }): JSX.Element => {
  const { reading, names, controller } = usePage();
  const given = useStore(names, (state) => state.given);
  const { question, beside } = useStore(reading, (all) => all);
  const { subjects } = clip.analysis;
  return (
    <div class="asked">
      {subjects.length > 1 && (
        <label>
          <span class="hidden-text">Whom to explain</span>
          <select
            class="select"
            value={question.subject ?? ''}
            onChange={(event) => void controller.ask({ subject: event.currentTarget.value })}
          >
            {subjects.map(({ id }) => (
              <option key={id} value={id}>
                {given[id] === undefined ? id : `${given[id]} (${id})`}
              </option>
            ))}
          </select>
        </label>
      )}
      <label>
        <span class="hidden-text">Reasoner</span>
        <select
          class="select"
          value={question.reasoner}
          onChange={(event) => {
            const chosen = REASONERS.find(({ id }) => id === event.currentTarget.value);
            void controller.ask({ reasoner: chosen?.id ?? 'facs' });
          }}
        >
          {REASONERS.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span class="hidden-text">Compare with</span>
        <select
          class="select"
          value={beside?.reasoner ?? ''}
          onChange={(event) => {
            const chosen = REASONERS.find(({ id }) => id === event.currentTarget.value);
            void controller.compareWith(chosen?.id ?? null);
          }}
        >
          <option value="">Compare with …</option>
          {REASONERS.filter(({ id }) => id !== question.reasoner).map(({ id, name }) => (
            <option key={id} value={id}>
              beside {name}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
};
