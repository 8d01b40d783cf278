import type { Analysis, Claim, ExplanationPart, Grounding, Observation, ReasonedAnswer } from '../contracts/index.ts';
import { checkCitations, checkPersons } from './check/citations.ts';
import { type Evidence, evidenceOf, isAbout, measuredOf, type Scope } from './check/evidence.ts';
import { checkGaze, checkHead } from './check/head-gaze.ts';
import { belongsTo, checkLabel, checkNumber } from './check/label.ts';
import { checkLoose } from './check/loose.ts';
import { type Outcome, unsupported, untestable } from './check/outcome.ts';
import { checkQuality } from './check/quality.ts';
import { checkQuote } from './check/quote.ts';
import { checkDelay, checkOrder, checkStronger } from './check/relations.ts';
import { checkUnit } from './check/unit.ts';
import { checkVoice } from './check/voice.ts';
import { POINTS_AT_SOMEBODY } from './lexicon/person.ts';
import type { LabelReading, Reading, UnitReading } from './read/reading.ts';
import { readSentence } from './read/sentence.ts';
import { splitSentences } from './text/sentences.ts';

type Statement = {
  part: ExplanationPart;
  sentence: number;
  text: string;
  cites: readonly string[];
  partCites: readonly string[];
};

const statementsOf = (answer: ReasonedAnswer): Statement[] => {
  const parts: { part: ExplanationPart; sentences: readonly { text: string; cites: readonly string[] }[] }[] = [
    { part: 'key-observations', sentences: answer.keyObservations },
    { part: 'interpretation', sentences: answer.interpretation },
    { part: 'conclusion', sentences: [answer.conclusion] },
    { part: 'conflicts', sentences: answer.conflicts },
    { part: 'alternatives', sentences: answer.alternatives },
  ];
  return parts.flatMap(({ part, sentences }) => {
    const partCites = sentences.flatMap((sentence) => sentence.cites);
    return sentences.map(({ text, cites }, sentence) => ({ part, sentence, text, cites, partCites }));
  });
};

type Context = {
  statement: Statement;
  cited: readonly Observation[];
  evidence: Evidence;
  answer: ReasonedAnswer;
  /** Whether the sentence names one expression only. */
  sole: boolean;
};

const check = (reading: Reading, { statement, cited, evidence, answer, sole }: Context): Outcome | null => {
  switch (reading.kind) {
    case 'unit':
      return checkUnit(reading, cited, evidence);
    case 'stronger':
      return checkStronger(reading, cited, evidence);
    case 'order':
      return checkOrder(reading, cited, evidence);
    case 'delay':
      return checkDelay(reading, cited, evidence);
    case 'quality':
      return checkQuality(reading, cited);
    case 'head':
      return checkHead(reading, cited, evidence);
    case 'gaze':
      return checkGaze(reading, cited, evidence);
    case 'voice':
      return checkVoice(reading, cited, evidence);
    case 'quote':
      return checkQuote(reading, cited, evidence);
    case 'label':
      return statement.part === 'alternatives' || answer.judgement.abstained
        ? null
        : orUncited(
            checkLabel(
              reading,
              aboutPerson(cited, reading.person, evidence),
              statement.part === 'conclusion'
                ? aboutPerson([...cited, ...keyObservations(answer, evidence)], reading.person, evidence)
                : null,
              sole,
            ),
            reading,
            evidence,
          );
    case 'number':
      return checkNumber(reading, cited, answer.judgement);
    case 'loose':
      return checkLoose(reading, cited, evidence);
  }
};

/** "P1 looks disgusted, P2 delighted", with P1's face cited: what is measured of P2 may argue for it all the same. */
const orUncited = (outcome: Outcome | null, reading: LabelReading, evidence: Evidence): Outcome | null => {
  if (outcome?.verdict !== 'unsupported' || reading.person === null) {
    return outcome;
  }
  const measured = measuredOf(evidence, reading.person);
  return checkLabel(reading, measured, measured, true)?.verdict === 'supported'
    ? untestable(`What is measured of ${reading.person} argues for it, but is not cited.`)
    : outcome;
};

/** Of what is cited, what can bear a reading of that person's face; words and voices of others stay. */
const aboutPerson = (cited: readonly Observation[], person: string | null, evidence: Evidence): Observation[] =>
  cited.filter((observation) => person === null || isAbout(observation, person, evidence.scope));

const keyObservations = (answer: ReasonedAnswer, evidence: Evidence): Observation[] =>
  observationsOf(
    answer.keyObservations.flatMap(({ cites }) => cites),
    evidence,
  );

const observationsOf = (ids: readonly string[], evidence: Evidence): Observation[] =>
  ids.flatMap((id) => evidence.byId.get(id) ?? []);

/** Whether the sentence says all that it cites of movements: what else it names, and is measured so, may well be meant. */
const isAllSpoken = (cited: readonly Observation[], outcomes: readonly Outcome[]): boolean => {
  const borneOut = new Set(outcomes.flatMap(({ verdict, cites }) => (verdict === 'supported' ? cites : [])));
  return borneOut.size > 0 && cited.every(({ kind, id }) => kind !== 'action-unit' || borneOut.has(id));
};

/** "He presses his lips", with nobody named that it could be said of: whoever what is cited is about. */
const whoIsMeant = (statement: Statement, named: readonly string[], evidence: Evidence): Evidence => {
  if (named.length > 0 || !POINTS_AT_SOMEBODY.test(statement.text)) {
    return evidence;
  }
  const subjects = new Set(
    observationsOf(statement.cites, evidence).flatMap(({ subject, kind }) =>
      subject === null || kind === 'speech' ? [] : [subject],
    ),
  );
  const [only] = subjects;
  return only === undefined || subjects.size > 1
    ? evidence
    : { ...evidence, scope: { ...evidence.scope, subject: only } };
};

const checkStatement = (statement: Statement, whole: Evidence, answer: ReasonedAnswer): Claim[] => {
  const claim = (text: string, { verdict, cites, detail }: Outcome): Claim => ({
    part: statement.part,
    sentence: statement.sentence,
    text,
    verdict,
    cites: [...cites],
    detail,
  });
  let previous: UnitReading | null = null;
  const sentences = splitSentences(statement.text).map((span) => {
    const reading = readSentence(span.text, previous);
    previous = reading.readings.findLast((each) => each.kind === 'unit') ?? null;
    return { span, reading };
  });
  const persons = [...new Set(sentences.flatMap(({ reading }) => reading.persons))];
  const cites = [...statement.cites, ...sentences.flatMap(({ reading }) => reading.citations)];
  const named = [...new Set([...persons, ...sentences.flatMap(({ reading }) => reading.named)])];
  const evidence = whoIsMeant(statement, persons, whole);
  const { found, problems } = checkCitations(cites, named, evidence);
  // What is said without a citation may lean on what the same part cites elsewhere; what is cited must bear it by itself.
  const cited = cites.length > 0 ? found : observationsOf(statement.partCites, evidence);
  const claims = problems.map(({ text, outcome }) => claim(text, outcome));
  const person = checkPersons(persons, found, evidence);
  if (person !== null) {
    claims.push(claim(statement.text, person));
  }
  const checked = sentences.map(({ span, reading }) => {
    const typicalOf = labelsOf(reading.readings);
    const outcomes = reading.readings.flatMap((each) => {
      const outcome =
        against(each, typicalOf) ?? check(each, { statement, cited, evidence, answer, sole: isSole(reading.readings) });
      return outcome === null ? [] : [{ text: span.text.slice(each.start, each.end), outcome }];
    });
    return { span, outcomes };
  });
  const spoken = isAllSpoken(
    cited,
    checked.flatMap(({ outcomes }) => outcomes.map(({ outcome }) => outcome)),
  );
  for (const { span, outcomes } of checked) {
    claims.push(
      ...outcomes.map(({ text, outcome }) =>
        claim(text, outcome.lacksCitation === true && spoken ? untestable(outcome.detail) : outcome),
      ),
    );
    if (outcomes.length === 0) {
      claims.push(
        claim(span.text, untestable('It says nothing that the measurements could show to be right or wrong.')),
      );
    }
  }
  return claims;
};

/** Whether the sentence names one expression only: of several, each may have its own part of the evidence. */
const isSole = (readings: readonly Reading[]): boolean =>
  new Set(readings.flatMap((each) => (each.kind === 'label' ? [each.label] : []))).size === 1;

const labelsOf = (readings: readonly Reading[]): string[] => [
  ...new Set(readings.flatMap((each) => (each.kind === 'label' && each.stance !== 'denied' ? [each.label] : []))),
];

/** "Raised cheeks are typical of fear": what is said of faces in general must agree with the knowledge base. */
const against = (reading: Reading, labels: readonly string[]): Outcome | null => {
  const [label, second] = labels;
  if (
    reading.kind !== 'unit' ||
    !reading.typical ||
    reading.region !== null ||
    label === undefined ||
    second !== undefined
  ) {
    return null;
  }
  return belongsTo(label, reading) === false
    ? unsupported([], `The knowledge base does not count it among the signs of ${label}.`)
    : null;
};

/** Share of supported claims among the testable ones; 1 where nothing is testable. */
export const scoreClaims = (claims: readonly Claim[]): number => {
  const testable = claims.filter(({ verdict }) => verdict !== 'untestable');
  return testable.length === 0 ? 1 : testable.filter(({ verdict }) => verdict === 'supported').length / testable.length;
};

/**
 * Splits every sentence of an answer into claims and reads each back against the observations: action units by number or
 * in plain words, with polarity, side, level, time, order and person; head, gaze, blinks, voice, quotations; and whether
 * the evidence argues for the expression that is named. Deterministic; a few milliseconds an answer.
 *
 * A sentence with citations must be borne out by them; one without may lean on those of its part. What nobody could
 * test (an opinion, a supposition) is `untestable` and does not count in the score.
 */
export const verify = (answer: ReasonedAnswer, analysis: Analysis, scope: Scope): Grounding => {
  const evidence = evidenceOf(analysis, scope);
  const claims = statementsOf(answer).flatMap((statement) => checkStatement(statement, evidence, answer));
  return { score: scoreClaims(claims), claims };
};
