import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { isTimeless } from '../../../contracts/timeless.ts';
import { usePage } from '../app/page-context.ts';
import { Lazy } from '../design/lazy.tsx';
import type { OpenClip } from '../state/session.ts';
import { captionsOf } from './captions.ts';
import { Controls } from './controls.tsx';
import { OverlayCanvas } from './overlay-canvas.tsx';
import { OverlaySwitches } from './overlay-switches.tsx';
import { UnitBars } from './unit-bars.tsx';
import './player.css';

const loadMesh = async () => (await import('../mesh/mesh-view.tsx')).MeshView;

/** The clip with what was measured drawn over it, and its controls. */
export const Player = ({ clip }: { clip: OpenClip }): JSX.Element => {
  const { playhead } = usePage();
  const element = useRef<HTMLVideoElement & HTMLAudioElement>(null);
  const [meshShown, showMesh] = useState(clip.media === null);
  const [unplayable, setUnplayable] = useState(false);
  const { media, analysis } = clip;
  const { width, height } = analysis.clip;
  const timed = !isTimeless(analysis.clip);

  useEffect(() => {
    setUnplayable(false);
    playhead.attach(element.current);
    return () => playhead.attach(null);
  }, [playhead, media?.url]);

  const captions = useMemo(
    () => URL.createObjectURL(new Blob([captionsOf(clip.tracks?.cues ?? [])], { type: 'text/vtt' })),
    [clip.tracks],
  );
  useEffect(() => () => URL.revokeObjectURL(captions), [captions]);

  const ratio = width === null || height === null ? 16 / 9 : width / height;
  return (
    <section class={timed ? 'player' : 'player still'} aria-label="Player">
      {media?.kind !== 'audio' && (
        <div class={meshShown ? 'stage with-mesh' : 'stage'}>
          <div
            class="frame"
            style={{ aspectRatio: String(ratio), maxWidth: `min(100%, calc(var(--stage-height) * ${ratio}))` }}
          >
            {media?.kind === 'video' && (
              <video
                ref={element}
                src={media.url}
                playsInline
                preload="auto"
                tabIndex={-1}
                aria-label="The clip"
                onClick={() => playhead.toggle()}
                onError={() => {
                  playhead.attach(null);
                  setUnplayable(true);
                }}
              >
                <track kind="captions" label="Words" src={captions} />
              </video>
            )}
            {media?.kind === 'image' && <img src={media.url} alt="As it was dropped here" />}
            {media === null && analysis.clip.kind !== 'percepts' && (
              <p class="unplayable">The clip itself is not kept. Drop it here to see it under what was measured.</p>
            )}
            {unplayable && (
              <p class="unplayable">
                This browser cannot play the clip. What was measured is drawn where the faces are.
              </p>
            )}
            <OverlayCanvas clip={clip} />
          </div>
          {meshShown && <Lazy load={loadMesh} props={{ clip }} />}
        </div>
      )}
      {media?.kind === 'audio' && (
        <audio ref={element} src={media.url} preload="auto" aria-label="The recording">
          <track kind="captions" label="Words" src={captions} />
        </audio>
      )}
      <div class="player-bar">
        {timed && <Controls />}
        {media?.kind !== 'audio' && (
          <div class="switches">
            <OverlaySwitches />
            <button type="button" class="toggle" aria-pressed={meshShown} onClick={() => showMesh(!meshShown)}>
              Mesh
            </button>
          </div>
        )}
      </div>
      {!timed && <UnitBars analysis={analysis} />}
    </section>
  );
};
