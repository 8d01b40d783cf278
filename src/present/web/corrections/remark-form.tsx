import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { TimeRange } from '../../../contracts/index.ts';
import { isTimeless } from '../../../contracts/timeless.ts';
import { usePage } from '../app/page-context.ts';
import { nextEntryId } from '../app/reviser.ts';
import type { OpenClip } from '../state/session.ts';
import { useStore } from '../state/store.ts';
import { momentOf, RangeFields } from './range-fields.tsx';

/** A label or a note about a stretch: kept and exported, but no evidence. */
export const RemarkForm = ({ kind, clip }: { kind: 'label' | 'note'; clip: OpenClip }): JSX.Element => {
  const { reading, revision, reviser, view, playhead } = usePage();
  const subject = useStore(reading, ({ question }) => question.subject);
  const busy = useStore(revision, (state) => state.busy);
  const [text, setText] = useState('');
  const [range, setRange] = useState<TimeRange>(() => momentOf(clip, view.get(), playhead.get().ms));
  const said = text.trim();
  return (
    <form
      class="correct-form"
      onSubmit={(event) => {
        event.preventDefault();
        const common = { id: nextEntryId(revision.get().log), subject, range };
        void reviser.correct(
          kind === 'label'
            ? { ...common, kind: 'label', label: said, note: '' }
            : { ...common, kind: 'note', note: said },
        );
        setText('');
      }}
    >
      <label class="form-field wide" for="remark">
        <span>{kind === 'label' ? 'What you would call it' : 'What you want to say about it'}</span>
        {kind === 'label' ? (
          <input
            id="remark"
            class="text"
            value={text}
            maxLength={200}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        ) : (
          <textarea
            id="remark"
            class="text"
            rows={3}
            value={text}
            maxLength={4000}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        )}
      </label>
      {!isTimeless(clip.analysis.clip) && <RangeFields clip={clip} range={range} onChange={setRange} />}
      <button type="submit" class="button primary" disabled={said === '' || busy}>
        {kind === 'label' ? 'Add the label' : 'Add the note'}
      </button>
      <p class="fine wide">
        {kind === 'label' ? 'A label is for evaluation: ' : 'A note is for other people: '}
        it does not change the reading.
      </p>
    </form>
  );
};
