import type { JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { isTimeless } from '../../../contracts/timeless.ts';
import { usePage } from '../app/page-context.ts';
import type { OpenClip } from '../state/session.ts';
import { useStore } from '../state/store.ts';
import { fitCanvas } from './canvas-size.ts';
import { drawOverlay } from './draw-overlay.ts';
import { meanUnits } from './mean-units.ts';

export const OverlayCanvas = ({ clip }: { clip: OpenClip }): JSX.Element => {
  const { playhead, focus, reading, preferences, view, names } = usePage();
  const canvas = useRef<HTMLCanvasElement>(null);
  const { tracks, analysis } = clip;
  const heatShown = useStore(preferences, ({ overlay }) => overlay.heat);
  const selection = useStore(view, (state) => state.selection);
  const heat = useMemo(
    () => (heatShown && tracks !== null ? meanUnits(tracks, selection) : null),
    [tracks, heatShown, selection],
  );

  useEffect(() => {
    const surface = canvas.current;
    const context = surface?.getContext('2d');
    if (surface === null || context === null || context === undefined) {
      return;
    }
    let pending = 0;
    const draw = (): void => {
      pending = 0;
      const { clientWidth, clientHeight } = surface;
      fitCanvas(surface, clientWidth, clientHeight);
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, surface.width, surface.height);
      const { width } = analysis.clip;
      if (tracks === null || width === null || clientWidth === 0) {
        return;
      }
      const scale = surface.width / width;
      context.setTransform(scale, 0, 0, scale, 0, 0);
      drawOverlay(
        context,
        {
          subjects: tracks.subjects,
          observations: analysis.observations,
          ms: playhead.get().ms,
          timeless: isTimeless(analysis.clip),
          parts: preferences.get().overlay,
          lit: focus.get().lit,
          muted: reading.get().muted,
          chosen: reading.get().question.subject,
          heat,
          nameOf: names.of,
        },
        width / clientWidth,
      );
    };
    const ask = (): void => {
      pending ||= requestAnimationFrame(draw);
    };
    ask();
    const size = new ResizeObserver(ask);
    size.observe(surface);
    const ends = [playhead, focus, reading, preferences, names].map((store) => store.subscribe(ask));
    return () => {
      cancelAnimationFrame(pending);
      size.disconnect();
      for (const end of ends) {
        end();
      }
    };
  }, [analysis, tracks, heat, playhead, focus, reading, preferences, names]);

  return <canvas ref={canvas} class="overlay" />;
};
