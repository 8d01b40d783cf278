import { WhyfaceError } from '../../../kit/error.ts';
import type { Media } from '../state/session.ts';

/** A still of the clip, and its size in pixels. */
export type Frame = { picture: CanvasImageSource; width: number; height: number };

const notPlayable = (): WhyfaceError =>
  new WhyfaceError({
    code: 'media-unsupported',
    stage: 'present',
    message: 'This browser cannot show pictures of this clip.',
  });

/**
 * One frame of the clip that lies in this page; nothing is fetched.
 *
 * @throws WhyfaceError `media-unsupported` where the browser cannot decode it
 */
export const frameAt = (media: Media, ms: number): Promise<Frame> =>
  media.kind === 'image' ? photo(media.url) : still(media.url, ms);

const photo = async (url: string): Promise<Frame> => {
  const picture = new Image();
  picture.src = url;
  await picture.decode().catch(() => {
    throw notPlayable();
  });
  return { picture, width: picture.naturalWidth, height: picture.naturalHeight };
};

const still = (url: string, ms: number): Promise<Frame> =>
  new Promise((resolve, reject) => {
    const video = document.createElement('video');
    video.muted = true;
    video.preload = 'auto';
    video.addEventListener('error', () => reject(notPlayable()));
    video.addEventListener('loadeddata', () => {
      // Half a millisecond later than the frame's own time: players round down.
      video.currentTime = (ms + 0.5) / 1000;
    });
    video.addEventListener('seeked', () =>
      resolve({ picture: video, width: video.videoWidth, height: video.videoHeight }),
    );
    video.src = url;
  });
