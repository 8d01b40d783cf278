import type { CitedSentence } from '../../../contracts/index.ts';
import { COMPOUNDS } from '../../../facs/index.ts';
import { isCompound } from '../score.ts';
import { list, sentence, unique, worded } from './grammar.ts';
import { smileOf } from './smile-moves.ts';
import { absencesAt, cited, seedOf, share, shownAt, split, type Teller } from './teller.ts';
import { nounOf, swayNoun, theNoun } from './unit-words.ts';

/** The label, why, the runner-up, and why not. */
export const conclusion = (teller: Teller): CitedSentence =>
  teller.abstention === null ? reached(teller) : withheld(teller);

const reached = (teller: Teller): CitedSentence => {
  const { reading, named } = teller;
  const subject = reading.evidence.name === null ? 'the face' : `${reading.evidence.name}'s face`;
  const because = reasons(teller);
  const first = `${opening(teller, subject)}${because.text === '' ? '' : `, ${because.text}`}`;
  const second = isCompound(named) ? null : secondPlace(teller);
  const cites = [...because.cites, ...(second?.cites ?? [])];
  return cited(
    [sentence(first), ...(second === null ? [] : [sentence(second.text)])].join(' '),
    orWhatThereIs(teller, cites),
  );
};

const opening = (teller: Teller, subject: string): string => {
  const { judgement, named, reading } = teller;
  const over = reading.evidence.still || reading.episodes.length < 2 ? '' : 'over the whole clip, ';
  const sure =
    judgement.confidence >= 0.75
      ? 'clearly reads'
      : judgement.confidence >= 0.5
        ? 'reads'
        : judgement.confidence >= 0.35
          ? 'is best read'
          : 'reads, tentatively,';
  return `${over}${subject} ${sure} as ${phraseOf(teller, named)}`;
};

const phraseOf = (teller: Teller, named: Teller['named']): string => {
  if (isCompound(named)) {
    return `${COMPOUNDS[named].noun}, ${list(COMPOUNDS[named].components)} at once`;
  }
  if (named === 'neutral') {
    return 'neutral';
  }
  const { strength } = teller.reading;
  const degree = strength < 0.3 ? 'faint ' : strength < 0.55 ? 'mild ' : strength > 0.85 ? 'intense ' : '';
  const kind = named === 'happiness' ? smileOf(teller)?.kind : undefined;
  const shade = kind === 'duchenne' ? ' that looks felt' : kind === 'social' ? ' of the polite kind' : '';
  return `${degree}${named}${shade}`;
};

const reasons = (teller: Teller): { text: string; cites: readonly string[] } => {
  const { reading, named } = teller;
  if (named === 'neutral') {
    const quiet = absencesAt(teller).slice(0, 3);
    return quiet.length === 0
      ? { text: '', cites: [] }
      : {
          text: `since the evidence is one of absence: no ${list(
            quiet.map(({ code }) => nounOf(code)),
            'or',
          )}`,
          cites: quiet.map(({ id }) => id),
        };
  }
  const { shownFor } = split(teller, named, 'neutral');
  const leading = shownFor.slice(0, 2);
  const nouns = unique(leading.map((sway) => swayNoun(sway, reading.evidence.units)));
  return {
    text:
      nouns.length === 0
        ? ''
        : worded(seedOf(teller, 'because'), [
            `on the strength of ${list(nouns)}`,
            `mainly for ${list(nouns)}`,
            `with ${list(nouns)} as its main evidence`,
          ]),
    cites: leading.flatMap(({ cites }) => cites),
  };
};

/** The runner-up with what it has and what it lacks. */
const secondPlace = (teller: Teller): { text: string; cites: readonly string[] } => {
  const { reading, label, rival } = pair(teller);
  const { missingFor, shownFor, shownAgainst } = split(teller, label, rival);
  if (rival === 'contempt') {
    return contemptSecond(teller);
  }
  const has = shownAgainst.filter(({ code }) => code !== 'one-sided').slice(0, 1);
  const lacks = missingFor.filter(({ code }) => code !== 'one-sided' && share(rival, code) >= 0.4).slice(0, 2);
  const unexplained = shownFor.slice(0, 1);
  const score = reading.scores.expression[rival];
  const place = score < 0.05 ? 'comes a distant second' : score < 0.2 ? 'comes second' : 'comes close behind';
  const nounsHas = has.map((sway) => swayNoun(sway, reading.evidence.units));
  const reason =
    lacks.length > 0 && rival !== 'neutral'
      ? `, but ${list(
          lacks.map(({ code }) => (code === 'one-sided' ? '' : `the ${nounOf(code)}`)),
          'and',
        )} it would need ${lacks.length === 1 ? 'is' : 'are'} not there`
      : unexplained.length > 0
        ? worded(seedOf(teller, 'second'), [
            `, but it leaves ${list(unexplained.map((sway) => swayNoun(sway, reading.evidence.units)))} unexplained`,
            `, but ${list(unexplained.map((sway) => swayNoun(sway, reading.evidence.units)))} would have no place in it`,
            `; ${list(unexplained.map((sway) => swayNoun(sway, reading.evidence.units)))} decides against it`,
          ])
        : '';
  const support = nounsHas.length === 0 || reason === '' ? '' : `, with ${list(nounsHas)} on its side`;
  const used = [...(support === '' ? [] : has), ...(lacks.length > 0 && rival !== 'neutral' ? lacks : unexplained)];
  const name = rival === 'neutral' ? 'a neutral reading' : rival;
  return { text: `${name} ${place}${support}${reason}`, cites: used.flatMap(({ cites }) => cites) };
};

/** Contempt is told by its side, not by its movements. */
const contemptSecond = (teller: Teller): { text: string; cites: readonly string[] } => {
  const [corner] = [...shownAt(teller, 'AU12'), ...shownAt(teller, 'AU14')];
  const [missing] = absencesAt(teller).filter(({ code }) => code === 'AU12' || code === 'AU14');
  if (corner !== undefined && corner.side === 'both') {
    return {
      text: `contempt comes next, but it would need one lip corner to act alone, and ${theNoun(corner)} is on both sides`,
      cites: [corner.id],
    };
  }
  return missing === undefined
    ? { text: 'contempt comes next', cites: [] }
    : {
        text: `contempt comes next, but there is no ${nounOf(missing.code)}, on one side or on both`,
        cites: [missing.id],
      };
};

const pair = (
  teller: Teller,
): { reading: Teller['reading']; label: Teller['reading']['label']; rival: Teller['reading']['label'] } => ({
  reading: teller.reading,
  label: teller.reading.label,
  rival: teller.reading.runnerUp,
});

/** A conclusion that rests on no movement in particular stands on all that was measured. */
const orWhatThereIs = ({ reading: { evidence } }: Teller, cites: readonly string[]): readonly string[] =>
  cites.length > 0
    ? cites
    : [...evidence.units, ...evidence.quality, ...evidence.expression].map(({ id }) => id).slice(0, 4);

const withheld = (teller: Teller): CitedSentence => {
  const { reading, abstention } = teller;
  const candidates = split(teller, reading.label, reading.runnerUp);
  const used = [...candidates.shownFor.slice(0, 1), ...candidates.shownAgainst.slice(0, 1)];
  const cites = used.flatMap((sway) => sway.cites);
  const leaning =
    abstention?.kind === 'unmeasured'
      ? ''
      : ` If anything it leans towards ${reading.label}, then ${reading.runnerUp}.`;
  return cited(
    `No single reading is given, because ${abstention?.because ?? 'the evidence is thin'}.${leaning}`,
    orWhatThereIs(teller, cites),
  );
};
