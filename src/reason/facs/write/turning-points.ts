import type { CitedSentence } from '../../../contracts/index.ts';
import { timeWord } from '../../../facs/time-words.ts';
import type { UnitEvidence } from '../evidence.ts';
import type { Episode } from '../reading.ts';
import { UNIT_WEIGHTS } from '../weights.ts';
import { sentence } from './grammar.ts';
import { cited, share, type Teller } from './teller.ts';
import { theNoun } from './unit-words.ts';

/** How far a change of reading may lie from the movement that makes it. */
const NEAR_MS = 700;
/** Changes that follow each other faster are one. */
const LEAST_APART_MS = 200;
/** Changes told one by one; where there are more, the stretches are told instead. */
const MOST_TURNS = 3;
const MOST_STRETCHES = 3;
/** What a stretch must have to be told: a score of its label, and strength at its peak. */
const SCORE_FROM = 0.4;
const STRENGTH_FROM = 0.2;

/** Where the reading changes over the clip, told by the movements that carry it. */
export const turningPoints = (teller: Teller): CitedSentence[] => {
  const { evidence, episodes } = teller.reading;
  const clear = episodes.filter((episode) => episode.label === 'neutral' || isClear(episode));
  const changing = clear.filter((episode, index) => index === 0 || episode.label !== clear[index - 1]?.label);
  if (evidence.still || changing.length < 2) {
    return [];
  }
  const told = changing.length - 1 > MOST_TURNS ? stretches(teller, changing) : turns(teller, changing);
  return told.length === 0
    ? []
    : [
        cited(
          sentence(told.map(({ clause }) => clause).join('; ')),
          told.map(({ id }) => id),
        ),
      ];
};

type Told = { clause: string; id: string; ms: number };

const isClear = ({ score, peak }: Episode): boolean => score >= SCORE_FROM && peak.strength >= STRENGTH_FROM;

/** How much a unit carries a label: usual in it, rare at rest, strong. */
const carrying = (label: Episode['label'], { code, intensity }: UnitEvidence): number =>
  UNIT_WEIGHTS[code] * intensity * Math.log(share(label, code) / share('neutral', code));

const presentUnits = (teller: Teller): UnitEvidence[] =>
  teller.reading.evidence.units.filter(({ status, code }) => status === 'present' && UNIT_WEIGHTS[code] > 0.4);

/** Each change by the movement that begins or ends there, in the order of time. */
const turns = (teller: Teller, episodes: readonly Episode[]): Told[] => {
  const told: Told[] = [];
  for (const [index, after] of episodes.entries()) {
    const before = episodes[index - 1];
    const turn = before === undefined ? null : turnOf(teller, before, after, told.at(-1)?.ms ?? -LEAST_APART_MS);
    if (turn !== null) {
      told.push(turn);
    }
  }
  return told;
};

const turnOf = (teller: Teller, before: Episode, after: Episode, notBefore: number): Told | null => {
  const fades = after.label === 'neutral';
  const label = fades ? before.label : after.label;
  const [best] = presentUnits(teller)
    .flatMap((unit) => {
      const ms = fades ? unit.offsetMs : unit.onsetMs;
      const near = ms !== null && ms >= notBefore + LEAST_APART_MS && Math.abs(ms - after.startMs) <= NEAR_MS;
      return near && carrying(label, unit) > 0
        ? [{ unit, ms, worth: carrying(label, unit) - Math.abs(ms - after.startMs) / 300 }]
        : [];
    })
    .sort((a, b) => b.worth - a.worth || a.ms - b.ms);
  if (best === undefined) {
    return null;
  }
  const noun = theNoun(best.unit);
  const clause = fades
    ? `by ${timeWord(best.ms)} ${noun} has faded and the reading returns to neutral`
    : `at ${timeWord(best.ms)} ${noun} sets in and the reading turns to ${after.label}`;
  return { clause, id: best.unit.id, ms: best.ms };
};

/** The strongest stretches, each by the movement that carries it at its peak. */
const stretches = (teller: Teller, episodes: readonly Episode[]): Told[] => {
  const weight = ({ peak, startMs, endMs }: Episode): number => peak.strength * Math.sqrt(endMs - startMs);
  const strongest = episodes
    .filter(({ label }) => label !== 'neutral')
    .sort((a, b) => weight(b) - weight(a))
    .slice(0, MOST_STRETCHES)
    .sort((a, b) => a.startMs - b.startMs);
  const told = strongest.flatMap((episode) => {
    const stretch = stretchOf(teller, episode);
    return stretch === null ? [] : [{ ...stretch, label: episode.label }];
  });
  const distinct = told
    .filter(({ id }, index) => told.findIndex((other) => other.id === id) === index)
    .sort((a, b) => a.ms - b.ms);
  return distinct.map(({ clause, again, id, ms, label }, index) => {
    const repeated = distinct.slice(0, index).some((other) => other.label === label);
    return { clause: repeated ? again : clause, id, ms };
  });
};

const stretchOf = (teller: Teller, { label, peak }: Episode): (Told & { again: string }) | null => {
  const { ms } = peak.moment;
  const [unit] = presentUnits(teller)
    .filter(({ startMs, endMs }) => startMs <= ms && ms < endMs)
    .sort((a, b) => carrying(label, b) - carrying(label, a));
  if (unit === undefined || carrying(label, unit) <= 0) {
    return null;
  }
  const noun = theNoun(unit);
  const when = `from ${timeWord(unit.startMs)} to ${timeWord(unit.endMs)}`;
  return {
    clause: `${noun} carries ${label} ${when}`,
    again: `${noun} carries ${label} again ${when}`,
    id: unit.id,
    ms: unit.startMs,
  };
};
