import clipUrl from '../../../../examples/clip.mp4?url';
import wordsUrl from '../../../../examples/clip.vtt?url';

/** The example that comes with whyface: a clip and its words, as if they had been dropped on the page. */
export const exampleFiles = (): Promise<File[]> =>
  Promise.all([fileAt(clipUrl, 'clip.mp4', 'video/mp4'), fileAt(wordsUrl, 'clip.vtt', 'text/vtt')]);

const fileAt = async (url: string, name: string, type: string): Promise<File> => {
  const response = await fetch(url);
  return new File([await response.blob()], name, { type });
};
