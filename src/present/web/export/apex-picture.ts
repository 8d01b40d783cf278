import { isTimeless } from '../../../contracts/timeless.ts';
import { WhyfaceError } from '../../../kit/error.ts';
import { apexOf } from '../people/apex-of.ts';
import { drawOverlay } from '../player/draw-overlay.ts';
import { frameAt } from '../player/frame-at.ts';
import type { OverlayPart } from '../state/preferences.ts';
import type { OpenClip } from '../state/session.ts';

/** Pixels across in which the marks of the overlay are as large as on the page. */
const SCREEN_WIDTH = 720;

const refused = (message: string): WhyfaceError =>
  new WhyfaceError({ code: 'nothing-to-read', stage: 'present', message });

/**
 * The frame at somebody's apex with what was measured drawn over it, as PNG in the size of the clip.
 *
 * @throws WhyfaceError where there is no picture, nobody in it, or the browser cannot decode it
 */
export const apexPicture = async (
  { media, tracks, analysis }: OpenClip,
  { subject: chosen, parts }: { subject: string | null; parts: Readonly<Record<OverlayPart, boolean>> },
): Promise<{ png: Blob; subject: string; ms: number }> => {
  if (media === null || media.kind === 'audio') {
    throw refused('The clip itself is not here: drop it on the page, and its picture can be saved.');
  }
  const timeless = isTimeless(analysis.clip);
  const subject = tracks?.subjects.find(({ id }) => id === chosen) ?? tracks?.subjects[0];
  const apex = subject === undefined ? null : apexOf(subject, analysis.observations, timeless);
  if (tracks === null || subject === undefined || apex === null) {
    throw refused('No face was measured, so there is no apex.');
  }
  const frame = await frameAt(media, apex.ms);
  const canvas = document.createElement('canvas');
  canvas.width = frame.width;
  canvas.height = frame.height;
  const context = canvas.getContext('2d');
  if (context === null) {
    throw refused('This browser gives no place to draw on.');
  }
  context.drawImage(frame.picture, 0, 0);
  const scale = frame.width / (analysis.clip.width ?? frame.width);
  context.setTransform(scale, 0, 0, scale, 0, 0);
  drawOverlay(
    context,
    {
      subjects: tracks.subjects,
      observations: analysis.observations,
      ms: apex.ms,
      timeless,
      parts,
      lit: new Set(),
      muted: new Set(),
      chosen: subject.id,
      heat: null,
      // Not as the reader calls them: those names stay in the page.
      nameOf: (id) => id,
    },
    Math.max(1, (analysis.clip.width ?? frame.width) / SCREEN_WIDTH),
  );
  const png = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (png === null) {
    throw refused('This browser could not write the picture.');
  }
  return { png, subject: subject.id, ms: apex.ms };
};
