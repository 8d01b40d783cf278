import type { JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { isTimeless } from '../../../contracts/timeless.ts';
import { usePage } from '../app/page-context.ts';
import type { OpenClip } from '../state/session.ts';
import { useStore } from '../state/store.ts';
import type { Tracks } from '../worker/tracks.ts';
import { LaneLabels } from './lane-labels.tsx';
import { lanesOf } from './lanes.ts';
import { createSurface } from './surface.ts';
import { TimelineBar } from './timeline-bar.tsx';
import './timeline.css';

/** What was measured, over time: one lane each, sharing one stretch of time and one playhead. */
export const Timeline = ({ clip }: { clip: OpenClip }): JSX.Element | null => {
  if (isTimeless(clip.analysis.clip)) {
    return null;
  }
  return (
    <section class="timeline" aria-label="Timeline">
      {clip.tracks === null ? (
        <p class="fine">The measurements are on their way …</p>
      ) : (
        <Lanes clip={clip} tracks={clip.tracks} />
      )}
    </section>
  );
};

const Lanes = ({ clip, tracks }: { clip: OpenClip; tracks: Tracks }): JSX.Element => {
  const page = usePage();
  const everyUnit = useStore(page.view, (state) => state.everyUnit);
  const lanes = useMemo(
    () => lanesOf(clip.analysis, tracks, { subject: null, everyUnit }),
    [clip.analysis, tracks, everyUnit],
  );
  const scroller = useRef<HTMLDivElement>(null);
  const base = useRef<HTMLCanvasElement>(null);
  const top = useRef<HTMLCanvasElement>(null);
  const values = useRef(new Map<string, HTMLElement>());

  useEffect(() => {
    const [host, under, over] = [scroller.current, base.current, top.current];
    if (host === null || under === null || over === null) {
      return undefined;
    }
    return createSurface({ page, lanes, host, under, over, values: values.current });
  }, [page, lanes]);

  return (
    <>
      <TimelineBar hasFaces={tracks.subjects.length > 0} />
      <div class="lanes" ref={scroller}>
        <LaneLabels lanes={lanes} values={values.current} />
        <div class="tracks">
          <canvas ref={base} />
          <canvas
            ref={top}
            class="over"
            tabIndex={0}
            role="slider"
            aria-label="Moment of the clip"
            aria-valuemin={0}
            aria-valuemax={Math.round(clip.analysis.clip.durationMs)}
            aria-valuenow={0}
          />
        </div>
      </div>
    </>
  );
};
