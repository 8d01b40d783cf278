import type { JSX } from 'preact';
import type { TimeRange } from '../../../contracts/index.ts';
import { isTimeless } from '../../../contracts/timeless.ts';
import { usePage } from '../app/page-context.ts';
import type { OpenClip } from '../state/session.ts';
import { useStore } from '../state/store.ts';

/** To either side of the moment that is shown, where no stretch is selected. */
const AROUND_MS = 250;

/** The stretch that is selected, or a short one about the moment that is shown. */
export const momentOf = (clip: OpenClip, { selection }: { selection: TimeRange | null }, ms: number): TimeRange => {
  const { durationMs } = clip.analysis.clip;
  if (isTimeless(clip.analysis.clip)) {
    return { startMs: 0, endMs: 0 };
  }
  return selection === null
    ? { startMs: Math.max(0, Math.round(ms) - AROUND_MS), endMs: Math.min(durationMs, Math.round(ms) + AROUND_MS) }
    : { startMs: Math.round(selection.startMs), endMs: Math.round(selection.endMs) };
};

type RangeFieldsProps = { clip: OpenClip; range: TimeRange; onChange: (range: TimeRange) => void };

/** From when to when, in seconds; or what is selected on the timeline. */
export const RangeFields = ({ clip, range, onChange }: RangeFieldsProps): JSX.Element => {
  const { view } = usePage();
  const selection = useStore(view, (state) => state.selection);
  const { durationMs } = clip.analysis.clip;
  const bound = (seconds: number): number => Math.max(0, Math.min(durationMs, Math.round(seconds * 1000) || 0));
  const edge = (name: string, value: number, change: (ms: number) => TimeRange): JSX.Element => (
    <label class="form-field">
      <span>{name}</span>
      <input
        class="text number"
        type="number"
        min={0}
        max={durationMs / 1000}
        step={0.01}
        value={(value / 1000).toFixed(2)}
        onChange={(event) => onChange(change(bound(event.currentTarget.valueAsNumber)))}
      />
    </label>
  );
  return (
    <>
      {edge('From, s', range.startMs, (startMs) => ({ startMs, endMs: Math.max(range.endMs, startMs) }))}
      {edge('To, s', range.endMs, (endMs) => ({ startMs: Math.min(range.startMs, endMs), endMs }))}
      {selection !== null && (
        <button
          type="button"
          class="link"
          onClick={() => onChange({ startMs: Math.round(selection.startMs), endMs: Math.round(selection.endMs) })}
        >
          Take the selection
        </button>
      )}
    </>
  );
};
