import { isTimeless, type Observation, type Percepts } from '../contracts/index.ts';
import { durationWord } from '../facs/time-words.ts';
import type { Draft } from './draft.ts';
import { observeHidden } from './hidden-regions.ts';
import { clamp, finiteAt, mean, quantile, rounded } from './series.ts';
import { capitalized, type SubjectView } from './subject-view.ts';

/** Where a face stops being easy to read. */
const QUALITY = {
  /** Pixels between the outer eye corners; the face models see about 80 in their input. */
  small: 48,
  /** Mean gradient energy relative to a sharp face. */
  blurred: 0.3,
  /** Degrees to the side, or up and down. */
  turned: 30,
  dark: 0.15,
  bright: 0.9,
  /** Share of the face box that may lie outside the picture. */
  cropped: 0.04,
  /** Share of the frames from which on an issue is said. */
  share: 0.2,
  /** A person measured for less is said to be seen briefly. */
  briefMs: 1000,
} as const;

type Issue = Extract<Observation, { kind: 'quality' }>['quality']['issue'];

/** What stands against reading this person's face: one statement for each issue, with the share of frames it holds for. */
export const observeQuality = (view: SubjectView): Draft[] => {
  const { percepts, indices } = view;
  const face = view.name === null ? 'the face' : `${view.name}'s face`;
  const drafts: Draft[] = [];
  const say = (
    issue: Issue,
    region: string | null,
    text: string,
    severity: number,
    affected: readonly number[],
  ): void => {
    const share = affected.length / indices.length;
    const often = view.still || share > 0.95 ? '' : ` in ${Math.round(share * 100)}% of the frames`;
    drafts.push({
      kind: 'quality',
      subject: view.id,
      range: view.range,
      confidence: 0.95,
      source: 'quality',
      text: capitalized(`${text}${often}.`),
      quality: { issue, region, severity: rounded(clamp(severity * Math.sqrt(share), 0, 1), 2) },
    });
  };
  const framesWhere = (test: (index: number) => boolean): number[] => indices.filter(test);
  const enough = (affected: readonly number[]): boolean => affected.length >= QUALITY.share * indices.length;
  const typical = (values: readonly number[]): number => quantile(values, 0.5);

  const small = framesWhere((index) => finiteAt(percepts.interOcular, index) < QUALITY.small);
  if (enough(small) && small.length > 0) {
    const pixels = typical(small.map((index) => finiteAt(percepts.interOcular, index)));
    say(
      'small',
      null,
      `${face} is small, with ${Math.round(pixels)} pixels between the outer eye corners`,
      1 - pixels / QUALITY.small,
      small,
    );
  }
  const blurred = framesWhere((index) => finiteAt(percepts.sharpness, index) < QUALITY.blurred);
  if (enough(blurred) && blurred.length > 0) {
    const sharpness = typical(blurred.map((index) => finiteAt(percepts.sharpness, index)));
    say('blurred', null, `${face} is blurred`, 1 - sharpness / QUALITY.blurred, blurred);
  }
  const turn = (index: number): number =>
    Math.max(Math.abs(finiteAt(percepts.head.yaw, index)), Math.abs(finiteAt(percepts.head.pitch, index)));
  const turned = framesWhere((index) => turn(index) > QUALITY.turned);
  if (enough(turned) && turned.length > 0) {
    const angle = typical(turned.map(turn));
    say('turned', null, `${face} is turned ${Math.round(angle)}° away from the camera`, angle / 75, turned);
  }
  const outside = (index: number): number => outsideShare(view, index);
  const cropped = framesWhere((index) => outside(index) > QUALITY.cropped);
  if (enough(cropped) && cropped.length > 0) {
    say('cropped', null, `part of ${face} lies outside the picture`, 3 * mean(cropped.map(outside)), cropped);
  }
  const light = (index: number): number => finiteAt(percepts.brightness, index);
  const dark = framesWhere((index) => light(index) < QUALITY.dark);
  if (enough(dark) && dark.length > 0) {
    say('dark', null, `${face} is dark`, 1 - typical(dark.map(light)) / QUALITY.dark, dark);
  }
  const bright = framesWhere((index) => light(index) > QUALITY.bright);
  if (enough(bright) && bright.length > 0) {
    say('bright', null, `${face} is overexposed`, (typical(bright.map(light)) - QUALITY.bright) * 10, bright);
  }
  drafts.push(...observeHidden(view));
  const seenMs = indices.length * view.stepMs;
  if (!view.timeless && seenMs < QUALITY.briefMs) {
    const length = indices.length === 1 ? 'in one frame' : `for ${durationWord(Math.max(100, seenMs))}`;
    say('brief', null, `${face} is in view ${length} only`, 1 - seenMs / QUALITY.briefMs, indices);
  }
  return drafts;
};

/** Share of the face box beyond the border of the picture. */
const outsideShare = ({ percepts: { box }, picture }: SubjectView, index: number): number => {
  const [x, y, width, height] = [box.x, box.y, box.width, box.height].map((column) => finiteAt(column, index));
  if (
    picture === null ||
    x === undefined ||
    y === undefined ||
    !(width !== undefined && width > 0) ||
    !(height !== undefined && height > 0)
  ) {
    return 0;
  }
  const inWidth = Math.max(0, Math.min(x + width, picture.width) - Math.max(x, 0));
  const inHeight = Math.max(0, Math.min(y + height, picture.height) - Math.max(y, 0));
  const share = 1 - (inWidth * inHeight) / (width * height);
  return Number.isFinite(share) ? share : 0;
};

/** What the warnings say about the file itself. */
export const observeMedia = (percepts: Percepts): Draft[] => {
  const range = { startMs: 0, endMs: isTimeless(percepts.clip) ? 0 : Math.round(percepts.clip.durationMs) };
  const issues = [
    { issue: 'truncated', pattern: /truncat/, text: 'The file breaks off before its end.' },
    { issue: 'damaged', pattern: /damag|corrupt/, text: 'Parts of the file are damaged and could not be decoded.' },
  ] as const;
  return issues.flatMap(({ issue, pattern, text }): Draft[] =>
    percepts.warnings.some(({ code }) => pattern.test(code))
      ? [
          {
            kind: 'quality',
            subject: null,
            range,
            confidence: 0.95,
            source: 'media',
            text,
            quality: { issue, region: null, severity: 0.5 },
          },
        ]
      : [],
  );
};
