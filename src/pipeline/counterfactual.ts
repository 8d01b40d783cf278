/**
 * Which evidence a conclusion hangs on: take it away, reason again, compare. Exact for a reasoner that always answers
 * the same; within a budget of calls for others. No node imports.
 */
import type {
  Analysis,
  Counterfactual,
  CounterfactualOutcome,
  Explanation,
  ExpressionLabel,
  Judgement,
  Removal,
} from '../contracts/index.ts';
import { WhyfaceError } from '../kit/error.ts';
import { LIMITS } from '../kit/limits.ts';
import { createFacsReasoner, facsJudgement } from '../reason/facs/index.ts';
import type { Reasoner, ReasonRequest } from '../reason/reasoner.ts';
import { textualize } from '../textualize/index.ts';
import { effectOf, overturns, removalText, summaryText } from './counterfactual-words.ts';
import { type EvidenceGroup, evidenceFor, evidenceGroups } from './evidence-groups.ts';
import { withoutObservations } from './without-observations.ts';

export type CounterfactualContext = {
  /** Who reasons again; the FACS reasoner unless told otherwise. */
  reasoner?: Reasoner | undefined;
  /** Most calls of a reasoner that is not deterministic. Default `LIMITS.counterfactualCalls`. */
  budget?: number | undefined;
  /** The viewer's question, as it was put for the explanation. */
  question?: string | undefined;
  signal?: AbortSignal | undefined;
  onCall?: ((made: number) => void) | undefined;
};

/** What the FACS reasoner concludes once these observations are gone. Pure, and quick enough to follow a click. */
export const facsWithout = (
  analysis: Analysis,
  removed: ReadonlySet<string>,
  { subject, range }: Pick<Explanation, 'subject' | 'range'>,
): Judgement => facsJudgement(withoutObservations(analysis, removed), subject, range);

/** What a reasoner concludes once these observations are gone. */
export const concludeWithout = async (
  analysis: Analysis,
  removed: ReadonlySet<string>,
  { subject, range }: Pick<Explanation, 'subject' | 'range'>,
  { reasoner = createFacsReasoner(), question, signal }: CounterfactualContext = {},
): Promise<Judgement> => {
  if (reasoner.id === 'facs') {
    return facsWithout(analysis, removed, { subject, range });
  }
  const changed = withoutObservations(analysis, removed);
  const facts = textualize(changed, { subject, range });
  const request: ReasonRequest = { analysis: changed, subject, range, facts, stills: [], findings: [], question };
  const { answer } = await reasoner.doReason(request, { signal });
  return answer.judgement;
};

/**
 * Takes away each observation in turn, each action unit that has several, and each of face, voice and words, and says
 * what becomes of the conclusion. Model outputs that saw the same face are taken away with an action unit. A reasoner
 * that may answer differently each time is asked about cited evidence only, within the budget, what weighs most for the
 * FACS reasoner first; one call repeats the whole evidence, to tell a change from chance.
 *
 * @throws WhyfaceError `usage` for a reasoner that looks at pictures: nothing can be taken out of those; whatever the
 *   reasoner throws.
 */
export const counterfactualOf = async (
  analysis: Analysis,
  explanation: Explanation,
  context: CounterfactualContext = {},
): Promise<Counterfactual> => {
  const reasoner = context.reasoner ?? createFacsReasoner();
  if (reasoner.capabilities.needsStills) {
    throw new WhyfaceError({
      code: 'usage',
      stage: 'reason',
      message: `The reasoner "${reasoner.id}" looks at pictures, out of which no evidence can be taken; ask for counterfactuals with --reasoner facs or llm.`,
    });
  }
  const exact = reasoner.capabilities.deterministic === true || reasoner.id === 'facs';
  const budget = exact ? null : (context.budget ?? LIMITS.counterfactualCalls);
  const asker = createAsker(analysis, explanation, { ...context, reasoner });
  const evidence = evidenceFor(analysis, explanation.subject, explanation.range);
  const cited = citedBy(explanation);
  const groups = evidenceGroups(evidence, cited);
  const { label } = explanation.judgement.expression;
  const whole = exact ? await asker.ask([]) : outcomeOf(explanation.judgement, label);
  const isCited = (group: EvidenceGroup): boolean => group.removed.some((id) => cited.has(id));
  const removalOf = async (group: EvidenceGroup): Promise<Removal> => {
    const without = await asker.ask([...group.removed, ...group.along]);
    // A budget is not spent on telling model outputs apart from what they saw.
    const before = exact && group.along.length > 0 ? await asker.ask(group.along) : whole;
    return described(group, { before, without, cited: isCited(group) }, label);
  };
  if (exact) {
    const removals: Removal[] = [];
    for (const group of groups) {
      removals.push(await removalOf(group));
    }
    const extra = await wholesale(evidence, cited, whole, asker);
    const alone = removals.some((each) => each.kind !== 'modality' && overturns(each, whole));
    const set = alone ? [] : await smallestSet(removals, whole, asker);
    const ranked = rank([...removals.filter(isTelling), ...set], whole);
    return record(analysis, explanation, reasoner, {
      exact,
      chance: null,
      whole,
      removals: [...ranked, ...extra],
      calls: { made: asker.made(), budget, leftOut: [] },
    });
  }
  const order = await askingOrder(analysis, explanation, groups.filter(isCited));
  const again = await asker.ask([]);
  const removals: Removal[] = [];
  for (const group of order.slice(0, Math.max(0, (budget ?? 0) - 1))) {
    removals.push(await removalOf(group));
  }
  const reached = new Set(removals.flatMap(({ kind, removed }) => (kind === 'observation' ? removed : [])));
  const single = groups.flatMap(({ kind, removed }) => (kind === 'observation' ? removed : []));
  return record(analysis, explanation, reasoner, {
    exact,
    chance: Math.abs(again.share - whole.share),
    whole,
    removals: rank(removals, whole),
    calls: {
      made: asker.made(),
      budget,
      leftOut: single.filter((id) => cited.has(id) && !reached.has(id)).sort(byNumber),
    },
  });
};

type Asker = { ask(removed: readonly string[]): Promise<CounterfactualOutcome>; made(): number };

/** Asks once for each set of removed observations. */
const createAsker = (
  analysis: Analysis,
  explanation: Explanation,
  context: CounterfactualContext & { reasoner: Reasoner },
): Asker => {
  const known = new Map<string, CounterfactualOutcome>();
  const { label } = explanation.judgement.expression;
  return {
    ask: async (removed) => {
      const ids = new Set(removed);
      const key = [...ids].sort(byNumber).join(' ');
      const before = known.get(key);
      if (before !== undefined) {
        return before;
      }
      context.signal?.throwIfAborted();
      const outcome = outcomeOf(await concludeWithout(analysis, ids, explanation, context), label);
      known.set(key, outcome);
      context.onCall?.(known.size);
      return outcome;
    },
    made: () => known.size,
  };
};

const outcomeOf = (judgement: Judgement, label: ExpressionLabel): CounterfactualOutcome => ({
  expression: judgement.expression.label,
  compound: judgement.compound.label,
  abstained: judgement.abstained,
  share: judgement.expression.scores[label],
  confidence: judgement.confidence,
});

const described = (
  group: Pick<EvidenceGroup, 'name' | 'removed' | 'along'> & { kind: Removal['kind'] },
  { before, without, cited }: Pick<Removal, 'before' | 'without' | 'cited'>,
  label: ExpressionLabel,
): Removal => {
  const parts = { ...group, removed: [...group.removed], along: [...group.along], cited, before, without };
  const effect = effectOf(before, without);
  const change = Math.round((without.share - before.share) * 10_000) / 10_000;
  return { ...parts, change, effect, text: removalText({ ...parts, effect }, label) };
};

/** What is cited, what has an effect, and the modalities: "without the voice nothing changes" is worth telling. */
const isTelling = (removal: Removal): boolean =>
  removal.cited || removal.kind === 'modality' || removal.effect !== 'none';

/** What overturns the conclusion first, then by how much it takes from it. */
const rank = (removals: readonly Removal[], whole: CounterfactualOutcome): Removal[] =>
  removals.toSorted(
    (one, other) =>
      Number(overturns(other, whole)) - Number(overturns(one, whole)) ||
      one.change - other.change ||
      byNumber(one.removed[0] ?? '', other.removed[0] ?? ''),
  );

/** More single observations than this are not combined: each step asks once. */
const LARGEST_SET = 6;

/** Where no observation overturns the conclusion alone: the strongest together, as few as do. */
const smallestSet = async (
  removals: readonly Removal[],
  whole: CounterfactualOutcome,
  asker: Asker,
): Promise<Removal[]> => {
  const weakening = removals.filter(({ kind, change }) => kind === 'observation' && change < 0);
  const candidates = rank(weakening, whole).slice(0, LARGEST_SET);
  for (let size = 2; size <= candidates.length; size += 1) {
    const members = candidates.slice(0, size);
    const removed = members.flatMap((each) => each.removed);
    const along = [...new Set(members.flatMap((each) => each.along))].filter((id) => !removed.includes(id));
    const before = along.length > 0 ? await asker.ask(along) : whole;
    const name = listed(members.map((each) => each.name));
    const found = described(
      { kind: 'set', name, removed, along },
      {
        before,
        without: await asker.ask([...removed, ...along]),
        cited: members.some((each) => each.cited),
      },
      whole.expression,
    );
    if (overturns(found, whole)) {
      return [found];
    }
  }
  return [];
};

const ABSENCE = 'the note that there is ';

/** "a, b and c"; several absences as one: "the notes that there is no brow lowering (AU4) and no lip press (AU24)". */
const listed = (names: readonly string[]): string => {
  const absent = names.filter((name) => name.startsWith(ABSENCE)).map((name) => name.slice(ABSENCE.length));
  const shown = names.filter((name) => !name.startsWith(ABSENCE));
  return absent.length < 2 ? joined(names) : joined([...shown, `the notes that there is ${joined(absent)}`]);
};

const joined = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;

/** Everything that is cited, and everything that is not (comprehensiveness and sufficiency; DeYoung et al. 2020). */
const wholesale = async (
  evidence: ReadonlyArray<{ id: string; kind: string }>,
  cited: ReadonlySet<string>,
  whole: CounterfactualOutcome,
  asker: Asker,
): Promise<Removal[]> => {
  const usable = evidence.filter(({ kind }) => kind !== 'quality').map(({ id }) => id);
  const split = [
    { kind: 'cited', name: 'everything the explanation cites', removed: usable.filter((id) => cited.has(id)) },
    { kind: 'uncited', name: 'everything it does not cite', removed: usable.filter((id) => !cited.has(id)) },
  ] as const;
  const removals: Removal[] = [];
  for (const { kind, name, removed } of split) {
    if (removed.length > 0) {
      const without = await asker.ask(removed);
      removals.push(
        described(
          { kind, name, removed, along: [] },
          { before: whole, without, cited: kind === 'cited' },
          whole.expression,
        ),
      );
    }
  }
  return removals;
};

/** Modalities first, then single observations by what they weigh for the FACS reasoner. */
const askingOrder = async (
  analysis: Analysis,
  explanation: Explanation,
  groups: readonly EvidenceGroup[],
): Promise<EvidenceGroup[]> => {
  const asker = createAsker(analysis, explanation, { reasoner: createFacsReasoner() });
  const whole = await asker.ask([]);
  const weighed: { group: EvidenceGroup; weight: number }[] = [];
  for (const group of groups.filter(({ kind }) => kind !== 'unit')) {
    const without = await asker.ask([...group.removed, ...group.along]);
    weighed.push({ group, weight: Math.abs(without.share - whole.share) });
  }
  return weighed
    .toSorted(
      (one, other) =>
        Number(other.group.kind === 'modality') - Number(one.group.kind === 'modality') || other.weight - one.weight,
    )
    .map(({ group }) => group);
};

/** The ids that any part of the explanation cites. */
const citedBy = (explanation: Explanation): Set<string> =>
  new Set(
    [
      ...explanation.keyObservations,
      ...explanation.interpretation,
      explanation.conclusion,
      ...explanation.conflicts,
      ...explanation.alternatives,
    ].flatMap(({ cites }) => cites),
  );

const byNumber = (one: string, other: string): number => Number(one.slice(1)) - Number(other.slice(1));

const record = (
  analysis: Analysis,
  explanation: Explanation,
  reasoner: Reasoner,
  found: Pick<Counterfactual, 'exact' | 'chance' | 'whole' | 'removals' | 'calls'>,
): Counterfactual => ({
  schema: 'whyface/counterfactual@1',
  analysisId: analysis.id,
  subject: explanation.subject,
  range: explanation.range,
  reasoner: reasoner.id,
  ...found,
  summary: summaryText(found),
});
