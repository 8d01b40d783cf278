import { type Analysis, type Explanation, explainOptions, type Observation } from '../../../contracts/index.ts';
import { actionUnit } from '../../../facs/index.ts';
import { explainAnalysis } from '../../../pipeline/text-side.ts';
import { withoutObservations } from '../../../pipeline/without-observations.ts';
import { createFacsReasoner } from '../../../reason/facs/index.ts';
import { type DraftSentence, said } from '../../draft.ts';
import { observationsOf, type Scene, unitsOf } from '../../scene.ts';
import type { Asked, Reply } from '../asked.ts';
import { unitTopicsOf } from '../topics-of.ts';
import { listed, momentOf, percent } from '../words.ts';
import { readingPhrase } from './tell-reading.ts';
import { tellAbsence } from './tell-units.ts';

/** "what if AU12 were absent?", "without the words?", "ignoring o3?": the coding is done again without them. */
export const without = async (asked: Asked, scene: Scene): Promise<Reply> => {
  const removal = removalOf(asked, scene);
  if (removal.ids.size === 0) {
    const [topic] = unitTopicsOf(asked);
    return {
      sentences: [
        ...(topic === undefined
          ? [said('Nothing like that is recorded, so there is nothing to leave out.')]
          : [...tellAbsence(scene, asked, topic, 'It is absent already: ')]),
      ],
      suggestions: ['What would change the reading?'],
    };
  }
  const before = await scene.explain(asked.subject, asked.range);
  // "Ignoring the smile" takes the evidence away; "if she had not smiled" says that it was not there. They are not the same.
  const unread = /\b(?:ignor\w*|disregard\w*|leav\w* out|tak\w* away|exclud\w*|cover\w* up)\b/i.test(
    asked.question.text,
  );
  const changed = unread ? leftOut(scene.analysis, removal.ids) : asIfAbsent(scene.analysis, removal.ids);
  const options = explainOptions.parse({
    subject: asked.subject ?? 'all',
    purpose: scene.purpose,
    ...(scene.timeless ? {} : { fromMs: asked.range.startMs, toMs: asked.range.endMs }),
  });
  const all = await explainAnalysis(changed, options, { reasoner: createFacsReasoner() });
  const after = all.find(({ subject }) => subject === asked.subject) ?? all[0] ?? null;
  if (before === null || after === null) {
    return { sentences: [said(`Without ${removal.name} nothing is left that could be read.`)] };
  }
  return {
    sentences: outcome(scene, before, after, removal),
    moments: removal.observations.slice(0, 3).map(momentOf),
    suggestions: ['What would change the reading?', 'How sure are you?'],
  };
};

type Removal = { name: string; ids: ReadonlySet<string>; observations: readonly Observation[] };

const removalOf = (asked: Asked, scene: Scene): Removal => {
  const topics = unitTopicsOf(asked);
  const named = asked.topics.flatMap((topic) => (topic.kind === 'observation' ? [topic.id] : []));
  const cues = asked.question.cues;
  const observations: Observation[] =
    named.length > 0
      ? named.flatMap((id) => scene.byId.get(id) ?? [])
      : topics.length > 0
        ? topics.flatMap(
            (topic) =>
              unitsOf(scene, {
                subject: asked.subject,
                range: asked.range,
                codes: topic.codes,
                side: topic.kind === 'unit' ? topic.side : null,
              }).present,
          )
        : asked.topics.some(({ kind }) => kind === 'voice') || (cues.has('sound') && !cues.has('say'))
          ? observationsOf(scene, 'voice', undefined, asked.range)
          : asked.topics.some(({ kind }) => kind === 'head')
            ? observationsOf(scene, 'head', asked.subject, asked.range)
            : observationsOf(scene, 'speech', undefined, asked.range);
  const own = observations.filter(({ subject }) => subject === null || subject === asked.subject);
  const ids = own.map(({ id }) => id);
  const nouns = [
    ...new Set(
      own.map((each) =>
        each.kind === 'action-unit'
          ? `the ${actionUnit(each.au.code).noun} (${each.au.code})`
          : each.kind === 'speech'
            ? 'the words'
            : each.kind === 'voice'
              ? 'the voice'
              : `the ${each.kind}`,
      ),
    ),
  ];
  return { name: listed(nouns.slice(0, 3)), ids: new Set(ids), observations: own };
};

/**
 * The analysis as if the movements had not happened: their units are below the threshold; other observations are gone.
 * What a model concluded from the same face is gone with them, for it saw them.
 */
const asIfAbsent = (analysis: Analysis, ids: ReadonlySet<string>): Analysis => {
  const gone = analysis.observations.filter(({ id }) => ids.has(id));
  const faces = new Set(gone.flatMap(({ kind, subject }) => (kind === 'action-unit' ? [subject] : [])));
  return {
    ...analysis,
    observations: analysis.observations.flatMap((observation): Observation[] => {
      if (!ids.has(observation.id)) {
        const saw =
          (observation.kind === 'expression' || observation.kind === 'affect') && faces.has(observation.subject);
        return saw ? [] : [observation];
      }
      return observation.kind === 'action-unit'
        ? [
            {
              ...observation,
              au: {
                ...observation.au,
                status: 'below-threshold',
                side: 'both',
                intensity: 0,
                letter: null,
                onsetMs: null,
                apexMs: null,
                offsetMs: null,
                micro: false,
                overBaseline: null,
              },
            },
          ]
        : [];
    }),
  };
};

/** The analysis as if nobody had looked there, and without what a model made of the same face. */
const leftOut = (analysis: Analysis, ids: ReadonlySet<string>): Analysis => {
  const faces = new Set(
    analysis.observations.flatMap(({ id, kind, subject }) => (ids.has(id) && kind === 'action-unit' ? [subject] : [])),
  );
  const saw = analysis.observations.filter(
    ({ kind, subject }) => (kind === 'expression' || kind === 'affect') && faces.has(subject),
  );
  return withoutObservations(analysis, new Set([...ids, ...saw.map(({ id }) => id)]));
};

const outcome = (
  scene: Scene,
  before: Explanation,
  after: Explanation,
  { name, ids, observations }: Removal,
): DraftSentence[] => {
  const cites = [...ids].slice(0, 6);
  const context = { subject: before.subject, range: before.range, part: 'alternatives' } as const;
  const [old, fresh] = [before.judgement, after.judgement];
  const text = fresh.abstained
    ? `Without ${name} there would be no reading: ${after.judgement.reason.charAt(0).toLowerCase()}${after.judgement.reason.slice(1)}`
    : fresh.expression.label === old.expression.label && fresh.compound.label === old.compound.label
      ? `Without ${name} it would still read as ${readingPhrase(fresh)}; as it is, that has ${percent(old.expression.scores[old.expression.label])}.`
      : `Without ${name} it would read as ${readingPhrase(fresh)}; as it is, it reads as ${readingPhrase(old)}.`;
  const unit = observations.some(({ kind }) => kind === 'action-unit');
  const left = after.keyObservations.filter(({ cites: each }) => each.every((id) => !ids.has(id))).slice(0, 2);
  return [
    said(text, cites, context),
    ...left.map(({ text: words, cites: each }) => said(words, each, { subject: before.subject, range: before.range })),
    ...(unit && scene.analysis.observations.some(({ kind }) => kind === 'expression')
      ? [said('The scores of the expression model are left out of that, because it saw the same face.', [], context)]
      : []),
  ];
};
