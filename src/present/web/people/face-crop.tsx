import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { frameAt } from '../player/frame-at.ts';
import type { Media } from '../state/session.ts';
import type { Apex } from './apex-of.ts';

const SIDE = 176;
/** Of the larger edge of the box, so that hair and chin are in the picture. */
const ROOM = 1.35;

/** Somebody's face at their apex, cut from the clip that lies in this page. */
export const FaceCrop = ({
  media,
  apex,
  width,
  name,
}: {
  media: Media | null;
  apex: Apex | null;
  /** Pixels of the upright frame across; boxes are measured in them. */
  width: number | null;
  name: string;
}): JSX.Element => {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [shown, setShown] = useState(false);
  useEffect(() => {
    let gone = false;
    setShown(false);
    if (media === null || media.kind === 'audio' || apex === null || width === null) {
      return;
    }
    frameAt(media, apex.ms).then(
      (frame) => {
        const context = canvas.current?.getContext('2d');
        if (gone || context === null || context === undefined) {
          return;
        }
        const scale = frame.width / width;
        const { x, y, width: across, height: down } = apex.box;
        const side = Math.max(across, down) * ROOM * scale;
        const [left, top] = [(x + across / 2) * scale - side / 2, (y + down / 2) * scale - side / 2];
        context.drawImage(frame.picture, left, top, side, side, 0, 0, SIDE, SIDE);
        setShown(true);
      },
      // Without a picture the card says who it is all the same.
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [media, apex, width]);
  return (
    <span class="face-crop">
      <canvas ref={canvas} width={SIDE} height={SIDE} role="img" aria-label={`${name} at their apex`} hidden={!shown} />
      {!shown && <span aria-hidden="true">{name.slice(0, 2)}</span>}
    </span>
  );
};
