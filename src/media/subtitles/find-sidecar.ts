import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { WhyfaceError } from '../../kit/error.ts';
import { LIMITS } from '../../kit/limits.ts';
import { openInputFile } from '../../kit/safe-path.ts';
import { readSubtitles, type Subtitles, tooLarge } from './read-subtitles.ts';

/** Best first: what was made for this clip by hand before what a program wrote. */
const EXTENSIONS: readonly string[] = ['.vtt', '.srt', '.ass', '.json'];

/** A file that may hold the words of a clip. */
export type Sidecar = {
  path: string;
  /** The language in its name (`clip.en.vtt`), lower case. */
  language: string | null;
};

/**
 * The files beside a clip that carry its name: `clip.vtt`, `clip.en.srt`, `clip.mp4.json` …, the likeliest first. An
 * unreadable folder has none.
 */
export const findSidecars = async (clip: string): Promise<Sidecar[]> => {
  const folder = dirname(clip);
  const whole = basename(clip);
  const stem = basename(clip, extname(clip));
  const names = await readdir(folder).catch(() => []);
  return names
    .flatMap((name) => {
      const extension = extname(name).toLowerCase();
      const rank = EXTENSIONS.indexOf(extension);
      const bare = name.slice(0, name.length - extension.length);
      const language = bare.startsWith(`${stem}.`) ? bare.slice(stem.length + 1) : '';
      const tagged = /^[A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4})?$/.test(language);
      if (rank === -1 || name === whole || !(bare === stem || bare === whole || tagged)) {
        return [];
      }
      return [
        { path: join(folder, name), language: tagged ? language.replace('_', '-').toLowerCase() : null, rank, name },
      ];
    })
    .sort(
      (a, b) =>
        Number(a.language !== null) - Number(b.language !== null) || a.rank - b.rank || (a.name < b.name ? -1 : 1),
    )
    .map(({ path, language }) => ({ path, language }));
};

/**
 * Reads a file of words.
 *
 * @throws WhyfaceError `input-not-found`, `input-unreadable`, and what `readSubtitles` throws
 */
export const readSubtitleFile = async (path: string): Promise<Subtitles & { name: string }> => {
  const file = await openInputFile(path);
  if (file.bytes > LIMITS.subtitleBytes) {
    throw tooLarge(file.name, file.bytes);
  }
  const bytes = await readFile(file.path).catch((thrown: unknown) => {
    throw new WhyfaceError({
      code: 'input-unreadable',
      stage: 'input',
      message: `${file.name} could not be read; try again.`,
      cause: thrown,
    });
  });
  return { ...readSubtitles(bytes, file.name), name: file.name };
};
