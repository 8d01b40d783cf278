import type { Analysis, Claim, ExplanationPart, Grounding, Observation, ReasonedAnswer } from '../contracts/index.ts';
import { checkCitations, checkPersons } from './check/citations.ts';
import { type Evidence, evidenceOf, type Scope } from './check/evidence.ts';
import { checkGaze, checkHead } from './check/head-gaze.ts';
import { checkLabel, checkNumber } from './check/label.ts';
import { checkLoose } from './check/loose.ts';
import { type Outcome, untestable } from './check/outcome.ts';
import { checkQuality } from './check/quality.ts';
import { checkQuote } from './check/quote.ts';
import { checkDelay, checkOrder, checkStronger } from './check/relations.ts';
import { checkUnit } from './check/unit.ts';
import { checkVoice } from './check/voice.ts';
import type { Reading } from './read/reading.ts';
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

type Context = { statement: Statement; cited: readonly Observation[]; evidence: Evidence; answer: ReasonedAnswer };

const check = (reading: Reading, { statement, cited, evidence, answer }: Context): Outcome | null => {
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
        : checkLabel(
            reading,
            cited,
            statement.part === 'conclusion'
              ? [
                  ...cited,
                  ...observationsOf(
                    answer.keyObservations.flatMap(({ cites }) => cites),
                    evidence,
                  ),
                ]
              : null,
          );
    case 'number':
      return checkNumber(reading, cited, answer.judgement);
    case 'loose':
      return checkLoose(reading, cited, evidence);
  }
};

const observationsOf = (ids: readonly string[], evidence: Evidence): Observation[] =>
  ids.flatMap((id) => evidence.byId.get(id) ?? []);

const checkStatement = (statement: Statement, evidence: Evidence, answer: ReasonedAnswer): Claim[] => {
  const claim = (text: string, { verdict, cites, detail }: Outcome): Claim => ({
    part: statement.part,
    sentence: statement.sentence,
    text,
    verdict,
    cites: [...cites],
    detail,
  });
  const sentences = splitSentences(statement.text).map((span) => ({ span, reading: readSentence(span.text) }));
  const persons = [...new Set(sentences.flatMap(({ reading }) => reading.persons))];
  const cites = [...statement.cites, ...sentences.flatMap(({ reading }) => reading.citations)];
  const { found, problems } = checkCitations(cites, persons, evidence);
  // What is said without a citation may lean on what the same part cites elsewhere; what is cited must bear it by itself.
  const cited = cites.length > 0 ? found : observationsOf(statement.partCites, evidence);
  const claims = problems.map(({ text, outcome }) => claim(text, outcome));
  const person = checkPersons(persons, found, evidence);
  if (person !== null) {
    claims.push(claim(statement.text, person));
  }
  for (const { span, reading } of sentences) {
    const outcomes = reading.readings.flatMap((each) => {
      const outcome = check(each, { statement, cited, evidence, answer });
      return outcome === null ? [] : [claim(span.text.slice(each.start, each.end), outcome)];
    });
    claims.push(...outcomes);
    if (outcomes.length === 0) {
      claims.push(
        claim(span.text, untestable('It says nothing that the measurements could show to be right or wrong.')),
      );
    }
  }
  return claims;
};

const scoreOf = (claims: readonly Claim[]): number => {
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
  return { score: scoreOf(claims), claims };
};
