import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ActionUnitCode } from '../../../contracts/index.ts';
import { ACTION_UNITS } from '../../../facs/action-units.ts';
import { usePage } from '../app/page-context.ts';
import type { OpenClip } from '../state/session.ts';
import { useStore } from '../state/store.ts';
import { readPalette } from '../timeline/palette.ts';
import type { SubjectTracks } from '../worker/tracks.ts';
import { isMovable } from './movements.ts';
import { createMeshScene, type MeshScene } from './scene.ts';
import { restingShape, shownShape } from './stabilised.ts';
import './mesh.css';

const TURNS = [
  { name: 'Front', angle: 0 },
  { name: 'Half', angle: 0.6 },
  { name: 'Side', angle: 1.25 },
] as const;

/** The face as a mesh that always looks ahead: its movement without the person. */
export const MeshView = ({ clip }: { clip: OpenClip }): JSX.Element => {
  const { reading } = usePage();
  const chosen = useStore(reading, ({ question }) => question.subject);
  const subjects = clip.tracks?.subjects ?? [];
  const subject = subjects.find(({ id }) => id === chosen) ?? subjects[0];
  return subject === undefined ? (
    <p class="fine mesh">No face was measured.</p>
  ) : (
    <SubjectMesh key={subject.id} clip={clip} subject={subject} />
  );
};

const SubjectMesh = ({ clip, subject }: { clip: OpenClip; subject: SubjectTracks }): JSX.Element => {
  const { playhead, preferences } = usePage();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [exaggeration, setExaggeration] = useState(1);
  const [off, setOff] = useState<ReadonlySet<ActionUnitCode>>(new Set());
  const [beside, setBeside] = useState(false);
  const [turn, setTurn] = useState(0);
  const [failed, setFailed] = useState(false);
  const rest = useMemo(() => restingShape(subject), [subject]);
  const units = useMemo(
    () => [
      ...new Set(
        clip.analysis.observations.flatMap((each) =>
          each.kind === 'action-unit' &&
          each.au.status === 'present' &&
          each.subject === subject.id &&
          isMovable(each.au.code)
            ? [each.au.code]
            : [],
        ),
      ),
    ],
    [clip.analysis, subject],
  );

  useEffect(() => {
    const surface = canvas.current;
    if (surface === null) {
      return undefined;
    }
    let scene: MeshScene;
    try {
      scene = createMeshScene(surface);
    } catch {
      // No WebGL here: said in words below.
      setFailed(true);
      return undefined;
    }
    let pending = 0;
    const draw = (): void => {
      pending = 0;
      const palette = readPalette(surface.parentElement ?? document.body);
      const shown = shownShape(subject, rest, playhead.get().ms, { exaggeration, off });
      scene.draw(shown, rest, { beside, turn, skin: palette.clay, accent: palette.accent });
    };
    const ask = (): void => {
      pending ||= requestAnimationFrame(draw);
    };
    const size = new ResizeObserver(() => {
      scene.resize(surface.clientWidth, surface.clientHeight);
      ask();
    });
    size.observe(surface);
    const ends = [playhead.subscribe(ask), preferences.subscribe(() => requestAnimationFrame(ask))];
    return () => {
      cancelAnimationFrame(pending);
      size.disconnect();
      for (const end of ends) {
        end();
      }
      scene.dispose();
    };
  }, [subject, rest, exaggeration, off, beside, turn, playhead, preferences]);

  const flip = (code: ActionUnitCode): void => {
    const next = new Set(off);
    if (!next.delete(code)) {
      next.add(code);
    }
    setOff(next);
  };
  return (
    <div class="mesh">
      {failed ? (
        <p class="fine">This browser has no WebGL, which the mesh is drawn with.</p>
      ) : (
        <canvas
          ref={canvas}
          role="img"
          aria-label={`The face of ${subject.id} as a mesh that looks ahead, tinted where it is away from rest${beside ? ', beside the face at rest' : ''}`}
        />
      )}
      <div class="mesh-tools">
        <label>
          Exaggerate{' '}
          <input
            type="range"
            min={0}
            max={3}
            step={0.1}
            value={exaggeration}
            aria-valuetext={`${exaggeration.toFixed(1)} times`}
            onInput={(event) => setExaggeration(Number(event.currentTarget.value))}
          />{' '}
          {exaggeration.toFixed(1)}×
        </label>
        <button type="button" class="toggle" aria-pressed={beside} onClick={() => setBeside(!beside)}>
          Beside rest
        </button>
        {TURNS.map(({ name, angle }) => (
          <button key={name} type="button" class="toggle" aria-pressed={turn === angle} onClick={() => setTurn(angle)}>
            {name}
          </button>
        ))}
      </div>
      <fieldset class="mesh-units">
        <legend class="hidden-text">Action units in the mesh</legend>
        {units.map((code) => (
          <button
            key={code}
            type="button"
            class="toggle"
            title={`${ACTION_UNITS[code].name}: ${off.has(code) ? 'taken back' : 'as measured'}`}
            aria-pressed={!off.has(code)}
            onClick={() => flip(code)}
          >
            {code}
          </button>
        ))}
      </fieldset>
    </div>
  );
};
