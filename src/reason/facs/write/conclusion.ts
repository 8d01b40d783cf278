import { type CitedSentence, EXPRESSION_LABELS, type ExpressionLabel } from '../../../contracts/index.ts';
import { COMPOUNDS } from '../../../facs/index.ts';
import { isCompound, rankedLabels } from '../score.ts';
import { type Sway, unitsFor } from '../sway.ts';
import { list, noneOf, sentence, unique, worded } from './grammar.ts';
import { smileOf } from './smile-moves.ts';
import { absencesAt, cited, seedOf, share, shownAt, split, type Teller, unitsOf } from './teller.ts';
import { nounOf, swayNoun, theNoun } from './unit-words.ts';
import { voiceConclusion } from './voice-moves.ts';
import { quotePart } from './word-moves.ts';

/** The label, why, the runner-up, and why not. */
export const conclusion = (teller: Teller): CitedSentence =>
  teller.abstention !== null
    ? teller.abstention.kind === 'voice'
      ? voiceConclusion(teller)
      : withheld(teller)
    : teller.reading.channels.face === null
      ? saidOnly(teller)
      : reached(teller);

const reached = (teller: Teller): CitedSentence => {
  const { reading, named } = teller;
  const subject = reading.evidence.name === null ? 'the face' : `${reading.evidence.name}'s face`;
  if (reading.channels.face !== null && reading.channels.face.label !== reading.label) {
    return saidMore(teller);
  }
  const because = reasons(teller);
  const first = `${opening(teller, subject)}${because.text === '' ? '' : `, ${because.text}`}`;
  const second = isCompound(named) ? null : secondPlace(teller);
  const cites = [...because.cites, ...(second?.cites ?? [])];
  return cited(
    [sentence(first), ...(second === null ? [] : [sentence(second.text)])].join(' '),
    orWhatThereIs(teller, cites),
  );
};

/** A face that says little, and words that say more. */
const saidMore = (teller: Teller): CitedSentence => {
  const { reading, judgement, named } = teller;
  const carriers = (reading.channels.words?.carriers ?? []).slice(0, 2);
  const quiet = absencesAt(teller).slice(0, 2);
  const sure = judgement.confidence >= 0.5 ? 'read as' : 'read, tentatively, as';
  const alone = `${reading.evidence.name === null ? 'the face' : `${reading.evidence.name}'s face`} by itself would read as ${reading.channels.face?.label ?? 'neutral'}`;
  return cited(
    sentence(`face and words together ${sure} ${named}, for the words ${list(carriers.map(quotePart))}; ${alone}`),
    [...carriers, ...quiet].map(({ id }) => id),
  );
};

/** No face: the words alone, with no more certainty than words have. */
const saidOnly = (teller: Teller): CitedSentence => {
  const { reading, judgement, named } = teller;
  const carriers = (reading.channels.words?.carriers ?? []).slice(0, 2);
  const sure = judgement.confidence >= 0.5 ? 'reads as' : 'reads, tentatively, as';
  return cited(
    sentence(
      `what is said ${sure} ${named}, for the words ${list(carriers.map(quotePart))}; no face could be measured, so the words alone carry this`,
    ),
    carriers.map(({ id }) => id),
  );
};

const opening = (teller: Teller, subject: string): string => {
  const { judgement, named, reading } = teller;
  const over = reading.evidence.still || reading.episodes.length < 2 ? '' : 'over the whole clip, ';
  if (named === 'neutral' && reading.evidence.units.some(({ status }) => status === 'present')) {
    // Not "the face": with movements in it, it is not still.
    const of = reading.evidence.name === null ? '' : ` of ${reading.evidence.name}`;
    return `${over}the ${judgement.confidence >= 0.5 ? '' : 'likeliest '}reading${of} is neutral`;
  }
  const sure =
    judgement.confidence >= 0.75
      ? 'clearly reads'
      : judgement.confidence >= 0.5
        ? 'reads'
        : judgement.confidence >= 0.35
          ? 'reads best'
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
    return restReasons(teller);
  }
  const { shownFor } = split(teller, named, 'neutral');
  const sided = shownFor.find(({ code }) => code === 'one-sided');
  // A corner that acts alone is one thing, not a pull and a side.
  const leading = shownFor
    .filter((sway) => sway === sided || sided === undefined || !sway.cites.some((id) => sided.cites.includes(id)))
    .slice(0, 2);
  const nouns = unique(leading.map((sway) => swayNoun(sway, reading.evidence.units)));
  const model = isCompound(named) ? null : tippingModel(teller, named, leading);
  return {
    text:
      nouns.length === 0
        ? ''
        : model !== null
          ? `more by the expression model than by ${list(nouns)}`
          : worded(seedOf(teller, 'because'), [
              `on the strength of ${list(nouns)}`,
              `mainly for ${list(nouns)}`,
              `with ${list(nouns)} as its main evidence`,
            ]),
    cites: [...leading.flatMap(({ cites }) => cites), ...(model === null ? [] : [model])],
  };
};

/** The id of the expression model's scores where the leading movements by themselves argue for another expression. */
const tippingModel = (
  { reading: { evidence, key } }: Teller,
  named: ExpressionLabel,
  leading: readonly Sway[],
): string | null => {
  const model = evidence.expression.find(
    ({ range, expression }) =>
      rankedLabels(expression.scores)[0] === named &&
      (evidence.still || (range.startMs <= key.moment.ms && key.moment.ms < range.endMs)),
  );
  const codes = leading.map(({ code }) => code);
  const rivals = EXPRESSION_LABELS.filter((other) => other !== named && other !== 'neutral');
  const lead = (other: ExpressionLabel): number => {
    const sways = unitsFor(key.moment, named, other);
    const sum = (list: readonly Sway[]): number =>
      list.filter(({ code }) => codes.includes(code)).reduce((total, { weight }) => total + weight, 0);
    return sum(sways.for) - sum(sways.against);
  };
  return model !== undefined && rivals.some((other) => lead(other) < -TIPPED) ? model.id : null;
};

/** Log units by which the leading movements argue for another expression before the expression model is named. */
const TIPPED = 0.5;

/** A resting face is told by what is not there, and by what there is forming no pattern. */
const restReasons = (teller: Teller): { text: string; cites: readonly string[] } => {
  const { units } = teller.reading.key.moment;
  const quiet = absencesAt(teller).slice(0, 3);
  const atKey = [...units.values()]
    .filter(({ status }) => status === 'present')
    .flatMap(({ cites }) => unitsOf(teller, cites).slice(0, 1));
  const passing = [...teller.reading.evidence.units]
    .filter(({ status }) => status === 'present')
    .sort((a, b) => b.intensity - a.intensity)
    .slice(0, 2);
  const shown = atKey.length > 0 ? atKey : passing;
  const alone = unique(shown.slice(0, 2).map((unit) => theNoun(unit)));
  const parts = [
    alone.length === 0 ? '' : `${list(alone)} ${restVerb(atKey.length > 0, alone.length)}`,
    quiet.length === 0 ? '' : `there is ${noneOf(quiet.map(({ code }) => nounOf(code)))}`,
  ].filter((part) => part !== '');
  return {
    text: parts.length === 0 ? '' : `since ${parts.join(' and ')}`,
    cites: [...shown.slice(0, 2), ...quiet].map(({ id }) => id),
  };
};

const restVerb = (atKey: boolean, count: number): string => {
  if (atKey) {
    return count === 1 ? 'stands alone' : 'form no pattern';
  }
  return count === 1 ? 'passes without forming a pattern' : 'pass without forming a pattern';
};

/** The runner-up with what it has and what it lacks; `null` where nothing that was measured tells it apart. */
const secondPlace = (teller: Teller): { text: string; cites: readonly string[] } | null => {
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
  const nouns = list(unexplained.map((sway) => swayNoun(sway, reading.evidence.units)));
  const missing = noneOf(lacks.map(({ code }) => (code === 'one-sided' ? '' : nounOf(code))));
  const reason =
    lacks.length > 0 && rival !== 'neutral'
      ? worded(seedOf(teller, 'lacks'), [
          `, but there is ${missing} to go with it`,
          `, but finds ${missing}`,
          `, but there is ${missing}`,
        ])
      : unexplained.length > 0
        ? worded(seedOf(teller, 'second'), [
            `, but ${nouns} speaks against it`,
            `; ${nouns} decides against it`,
            `, but it would not explain ${nouns}`,
          ])
        : '';
  if (reason === '') {
    return null;
  }
  const support = nounsHas.length === 0 ? '' : `, with ${list(nounsHas)} on its side`;
  const used = [...(support === '' ? [] : has), ...(lacks.length > 0 && rival !== 'neutral' ? lacks : unexplained)];
  const name = rival === 'neutral' ? 'a neutral reading' : rival;
  return { text: `${name} ${place}${support}${reason}`, cites: used.flatMap(({ cites }) => cites) };
};

/** Contempt is told by its side, not by its movements. */
const contemptSecond = (teller: Teller): { text: string; cites: readonly string[] } | null => {
  const [corner] = [...shownAt(teller, 'AU12'), ...shownAt(teller, 'AU14')];
  const [missing] = absencesAt(teller).filter(({ code }) => code === 'AU12' || code === 'AU14');
  if (corner !== undefined && corner.side === 'both') {
    return {
      text: `contempt comes next, but it is read from one side of the mouth, and ${theNoun(corner)} is on both sides`,
      cites: [corner.id],
    };
  }
  return missing === undefined
    ? null
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
  const { label, runnerUp } = reading;
  const best = (one: ExpressionLabel, other: ExpressionLabel): Sway | null => {
    const { shownFor, missingFor } = split(teller, one, one === 'neutral' ? other : 'neutral');
    const [first] = one === 'neutral' ? missingFor : shownFor;
    return first ?? null;
  };
  const first = best(label, runnerUp);
  // Of two that are level, naming both again says nothing; what tips them does.
  const second = first === null || abstention?.kind === 'tie' ? null : best(runnerUp, label);
  const by = (one: ExpressionLabel, sway: Sway): string =>
    one === 'neutral' && sway.code !== 'one-sided'
      ? `with no ${nounOf(sway.code)}`
      : `for ${swayNoun(sway, reading.evidence.units)}`;
  const leaning =
    abstention?.kind === 'unmeasured' || first === null
      ? ''
      : ` If anything, it leans towards ${leanName(label)}, ${by(label, first)}${second === null ? '' : `, then towards ${leanName(runnerUp)}`}.`;
  return cited(
    `No single reading is given, because ${abstention?.because ?? 'the evidence is thin'}.${leaning}`,
    orWhatThereIs(teller, [...(first?.cites ?? []), ...(second?.cites ?? [])]),
  );
};

const leanName = (label: ExpressionLabel): string => (label === 'neutral' ? 'a neutral reading' : label);
