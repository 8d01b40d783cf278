/** The results of counterfactuals in plain English. */
import type { Counterfactual, CounterfactualOutcome, ExpressionLabel, Removal } from '../contracts/index.ts';

/** Change of the share from which it is worth a word. */
const NOTABLE = 0.05;

const readingOf = ({ expression, compound, abstained }: CounterfactualOutcome): string =>
  abstained ? 'none' : (compound ?? expression).replaceAll('-', ' ');

export const effectOf = (whole: CounterfactualOutcome, without: CounterfactualOutcome): Removal['effect'] => {
  if (readingOf(whole) !== readingOf(without)) {
    return without.abstained ? 'abstains' : 'flips';
  }
  const change = without.share - whole.share;
  return Math.abs(change) < NOTABLE ? 'none' : change < 0 ? 'weaker' : 'stronger';
};

const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** "Without the lip-corner pull (AU12) [o3], the reading becomes neutral: happiness falls from 93 % to 12 %." */
export const removalText = (
  { kind, name, removed, before, without, effect }: Omit<Removal, 'text' | 'change'>,
  label: ExpressionLabel,
): string => {
  const premise = `Without ${name}${kind === 'observation' ? ` [${removed.join(', ')}]` : ''}`;
  const [from, to] = [percent(before.share), percent(without.share)];
  const moved =
    from === to ? '' : `: ${label} ${without.share < before.share ? 'falls' : 'rises'} from ${from} to ${to}`;
  switch (effect) {
    case 'abstains':
      return `${premise}, no reading is given${moved}.`;
    case 'flips':
      return `${premise}, ${before.abstained ? 'there is a reading:' : 'the reading becomes'} ${readingOf(without)}${before.abstained ? '' : moved}.`;
    case 'weaker':
    case 'stronger':
      return before.abstained
        ? `${premise}, there is still no reading${moved}.`
        : `${premise}, the reading stays, ${effect === 'weaker' ? 'less' : 'more'} sure${moved}.`;
    case 'none':
      return `${premise}, nothing changes.`;
  }
};

/** What the decision hangs on, and whether the explanation said so. */
export const summaryText = ({
  removals,
  exact,
  chance,
  calls,
  whole,
}: Pick<Counterfactual, 'removals' | 'exact' | 'chance' | 'calls' | 'whole'>): string => {
  const sentences = [
    decisiveSentence(removals, whole),
    idleSentence(removals),
    exact
      ? sufficiencySentence(removals, whole)
      : `Asked ${calls.made} of at most ${calls.budget ?? calls.made} times; the same evidence given twice moved the score by ${percent(chance ?? 0)}, so smaller changes are chance.`,
  ];
  return sentences.filter((sentence) => sentence !== '').join(' ');
};

/** Whether it overturns the conclusion that is explained, and not one that model outputs had already moved. */
export const overturns = (
  { effect, before }: Pick<Removal, 'effect' | 'before'>,
  whole: CounterfactualOutcome,
): boolean => (effect === 'flips' || effect === 'abstains') && readingOf(before) === readingOf(whole);

const decisiveSentence = (removals: readonly Removal[], whole: CounterfactualOutcome): string => {
  const what = whole.abstained ? 'That no reading is given' : `The reading (${readingOf(whole)})`;
  const decisive = removals.filter((removal) => overturns(removal, whole));
  const alone = decisive.filter(({ kind }) => kind === 'observation');
  if (alone.length > 0) {
    const names = alone.slice(0, 3).map(({ name, removed }) => `${name} [${removed.join(', ')}]`);
    const more = alone.length > 3 ? `, and ${alone.length - 3} more` : '';
    const uncited = alone.filter(({ cited }) => !cited).flatMap(({ removed }) => removed);
    const missing = uncited.length === 0 ? '' : ` The explanation does not cite ${uncited.join(', ')}.`;
    return `${what} hangs on ${alone.length === 1 ? '' : 'each of '}${names.join('; ')}${more}.${missing}`;
  }
  const unit = decisive.find(({ kind }) => kind === 'unit');
  if (unit !== undefined) {
    return `${what} hangs on ${unit.name}; no single observation overturns it.`;
  }
  const set = decisive.find(({ kind }) => kind === 'set');
  if (set !== undefined) {
    return `${what} hangs on no single observation; it changes once ${set.name} are ${set.removed.length === 2 ? 'both' : 'all'} gone.`;
  }
  const [strongest] = removals.filter(({ kind, effect }) => kind === 'observation' && effect === 'weaker');
  const most =
    strongest === undefined || whole.abstained
      ? ''
      : ` What weighs most is ${strongest.name} [${strongest.removed.join(', ')}], which moves it from ${percent(strongest.before.share)} to ${percent(strongest.without.share)}.`;
  return `${what} stands whichever single observation is taken away.${most}`;
};

const idleSentence = (removals: readonly Removal[]): string => {
  const idle = removals.filter(({ kind, effect }) => kind === 'modality' && effect === 'none').map(({ name }) => name);
  return idle.length === 0 ? '' : `Without ${idle.join(' or without ')} nothing changes.`;
};

const sufficiencySentence = (removals: readonly Removal[], whole: CounterfactualOutcome): string => {
  const uncited = removals.find(({ kind }) => kind === 'uncited');
  if (uncited === undefined || whole.abstained) {
    return '';
  }
  return overturns(uncited, whole)
    ? 'What is cited does not suffice by itself: without the rest, the reading changes.'
    : 'What is cited suffices for it by itself.';
};
