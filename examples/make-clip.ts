/**
 * Makes `clip.mp4`, `clip.vtt` and `clip.truth.json` from `astronaut.png`: her face, moved through a known change over
 * her own smile, with a spoken sentence. Run it with `npx tsx examples/make-clip.ts`; it needs `ffmpeg` (with libx264)
 * and `espeak-ng` on the PATH. The same tools make the same bytes.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { openPhoto, renderFrame, SIDE } from './make-clip/render.ts';
import { COURSES, DURATION_MS, FRAMES_PER_SECOND, SPOKEN } from './make-clip/script.ts';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const landmarkFile = z.object({ points: z.array(z.tuple([z.number(), z.number()])).length(478) });

/** What each movement is in FACS, and on which of the person's own sides. */
const UNITS = {
  rightBrow: { units: ['AU1', 'AU2'], side: 'right' },
  leftBrow: { units: ['AU1', 'AU2'], side: 'left' },
  lidsClose: { units: ['AU45'], side: 'both' },
  smileFades: { units: ['AU6', 'AU12', 'AU25'], side: 'both' },
} as const;

const makeTruth = (spokenMs: number): object => {
  const isBoth = (onsetMs: number): boolean =>
    COURSES.some(({ movement, onsetMs: other }) => movement === 'rightBrow' && other === onsetMs);
  const movements = COURSES.filter(({ movement }) => movement !== 'rightBrow').map(
    ({ movement, onsetMs, apexFromMs, apexToMs, offsetMs }) => {
      const { units, side } = UNITS[movement];
      if (movement === 'smileFades') {
        return { units, side, change: 'fades', fromMs: onsetMs, goneMs: apexFromMs };
      }
      const sides = movement === 'leftBrow' && isBoth(onsetMs) ? 'both' : side;
      return { units, side: sides, change: 'appears', onsetMs, apexFromMs, apexToMs, offsetMs };
    },
  );
  return {
    about:
      "What happens in clip.mp4, by construction. Left and right are the person's own. The smile is there from the start.",
    durationMs: DURATION_MS,
    framesPerSecond: FRAMES_PER_SECOND,
    movements,
    speech: { text: SPOKEN.text, startMs: SPOKEN.startMs, endMs: SPOKEN.startMs + spokenMs },
  };
};

const WAVE_HEADER = 44;
/** Of 32 768: about −40 dB. */
const AUDIBLE = 300;

const speak = (target: string): number => {
  execFileSync('espeak-ng', ['-v', 'en-us', '-s', '150', '-w', target, SPOKEN.text]);
  const wave = readFileSync(target);
  const bytesASecond = wave.readUInt32LE(28);
  // espeak-ng ends with silence, which is not speech.
  let last = wave.length - 2;
  while (last > WAVE_HEADER && Math.abs(wave.readInt16LE(last)) < AUDIBLE) {
    last -= 2;
  }
  return Math.round(((last - WAVE_HEADER) / bytesASecond) * 1000);
};

/** Lists of words on one line, as the formatter of this repository wants them. */
const shortLists = (json: string): string =>
  json.replace(/\[\s+("[^[\]]*")\s+\]/g, (_, words: string) => `[${words.replace(/\s+/g, ' ')}]`);

const stamp = (ms: number): string => `00:00:${(ms / 1000).toFixed(3).padStart(6, '0')}`;

const encode = async (sound: string): Promise<void> => {
  const size = `${SIDE}x${SIDE}`;
  const ffmpeg = spawn(
    'ffmpeg',
    [
      [
        '-y',
        '-v',
        'error',
        '-f',
        'rawvideo',
        '-pix_fmt',
        'rgb24',
        '-s',
        size,
        '-r',
        String(FRAMES_PER_SECOND),
        '-i',
        '-',
      ],
      ['-i', sound, '-af', `adelay=${SPOKEN.startMs}:all=1,apad`, '-t', String(DURATION_MS / 1000)],
      ['-c:v', 'libx264', '-preset', 'veryslow', '-crf', '20', '-pix_fmt', 'yuv420p', '-threads', '1'],
      ['-vf', 'scale=out_color_matrix=bt709:out_range=tv', '-colorspace', 'bt709', '-color_primaries', 'bt709'],
      ['-color_trc', 'bt709', '-c:a', 'aac', '-b:a', '48k', '-ar', '22050', '-ac', '1'],
      ['-map_metadata', '-1', '-fflags', '+bitexact', '-flags:v', '+bitexact', '-flags:a', '+bitexact'],
      ['-movflags', '+faststart', here('clip.mp4')],
    ].flat(),
    { stdio: ['pipe', 'inherit', 'inherit'] },
  );
  const closed = once(ffmpeg, 'close');
  const { points } = landmarkFile.parse(JSON.parse(readFileSync(here('astronaut.landmarks.json'), 'utf8')));
  const photo = await openPhoto(here('astronaut.png'), points);
  for (let frame = 0; frame < (DURATION_MS * FRAMES_PER_SECOND) / 1000; frame += 1) {
    const pixels = renderFrame(photo, Math.round((frame * 1000) / FRAMES_PER_SECOND));
    if (!ffmpeg.stdin.write(pixels)) {
      await once(ffmpeg.stdin, 'drain');
    }
  }
  ffmpeg.stdin.end();
  const [status] = await closed;
  if (status !== 0) {
    console.error(`ffmpeg ended with ${String(status)}.`);
    process.exitCode = 1;
  }
};

const sound = join(tmpdir(), `whyface-clip-${process.pid}.wav`);
try {
  const spokenMs = speak(sound);
  await encode(sound);
  const end = SPOKEN.startMs + spokenMs;
  writeFileSync(here('clip.vtt'), `WEBVTT\n\n${stamp(SPOKEN.startMs)} --> ${stamp(end)}\n${SPOKEN.text}\n`);
  writeFileSync(here('clip.truth.json'), `${shortLists(JSON.stringify(makeTruth(spokenMs), null, 2))}\n`);
} finally {
  rmSync(sound, { force: true });
}
