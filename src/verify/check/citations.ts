import type { Observation } from '../../contracts/index.ts';
import { type Evidence, isInRange } from './evidence.ts';
import { contradicted, type Outcome, unsupported } from './outcome.ts';

export type CheckedCitations = { found: Observation[]; problems: { text: string; outcome: Outcome }[] };

/** Whether a sentence may cite an observation of that person: its subject, or somebody whom it names. Words are heard by all. */
const mayCite = ({ subject, kind }: Observation, persons: readonly string[], evidence: Evidence): boolean =>
  subject === null ||
  kind === 'speech' ||
  evidence.scope.subject === null ||
  subject === evidence.scope.subject ||
  persons.includes(subject) ||
  persons.includes('other');

/** Every citation must exist, be about a person of the sentence, and lie in the range that is explained. */
export const checkCitations = (
  cites: readonly string[],
  persons: readonly string[],
  evidence: Evidence,
): CheckedCitations => {
  const found: Observation[] = [];
  const problems: CheckedCitations['problems'] = [];
  for (const id of new Set(cites)) {
    const observation = evidence.byId.get(id);
    if (observation === undefined) {
      problems.push({ text: id, outcome: unsupported([], `There is no observation ${id} in this analysis.`) });
      continue;
    }
    found.push(observation);
    if (!mayCite(observation, persons, evidence)) {
      problems.push({
        text: id,
        outcome: contradicted(
          [observation],
          `${id} is about ${observation.subject ?? 'nobody'}, and this is about ${evidence.scope.subject ?? 'the clip'}.`,
        ),
      });
    } else if (!isInRange(observation, evidence.scope.range)) {
      problems.push({
        text: id,
        outcome: unsupported([observation], `${id} lies outside the range that is explained.`),
      });
    }
  }
  return { found, problems };
};

/** A sentence about persons of whom nothing is cited, or who are not in the clip. */
export const checkPersons = (
  persons: readonly string[],
  found: readonly Observation[],
  evidence: Evidence,
): Outcome | null => {
  const known = evidence.analysis.subjects.map((subject) => subject.id);
  const stranger = persons.find((person) => person !== 'other' && !known.includes(person));
  if (stranger !== undefined) {
    return contradicted([], `There is no ${stranger} in this clip.`);
  }
  const named = persons.filter((person) => person !== 'other');
  const about = found.filter((observation) => observation.subject !== null);
  const missed = about.filter((observation) => !named.includes(observation.subject ?? ''));
  return named.length > 0 && !persons.includes('other') && about.length > 0 && missed.length === about.length
    ? contradicted(
        missed,
        `It is about ${named.join(' and ')}, but what it cites is about ${missed[0]?.subject ?? 'somebody else'}.`,
      )
    : null;
};
