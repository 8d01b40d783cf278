import type { CitedSentence, Explanation, Judgement, TimeRange } from '../../../contracts/index.ts';
import { actionUnit } from '../../../facs/index.ts';
import { timeWord } from '../../../facs/time-words.ts';
import { type DraftSentence, said } from '../../draft.ts';
import { observationsOf, type Scene, type UnitObservation } from '../../scene.ts';
import type { Asked, Reply } from '../asked.ts';
import type { Topic } from '../understand/topics.ts';
import { capitalized, faceOf, inside, labelWord, listed, momentOf, nameOf, percent, span } from '../words.ts';
import { argumentsFor, componentsOf, type Label, readsAs, shareOf } from './arguments.ts';

export type LabelTopic = Extract<Topic, { kind: 'label' }>;

export const labelTopicOf = (asked: Asked): LabelTopic | null =>
  asked.topics.find((topic): topic is LabelTopic => topic.kind === 'label') ?? null;

/** Subjects of an answer about everybody; more are counted, not told. */
const MOST_PEOPLE = 4;

const subjectsOf = (asked: Asked, scene: Scene): (string | null)[] => {
  if (asked.named.length > 0) {
    return [...asked.named];
  }
  if (!asked.everybody) {
    return [asked.subject];
  }
  return [...scene.people]
    .sort((a, b) => b.frames - a.frames)
    .slice(0, MOST_PEOPLE)
    .map(({ id }) => id)
    .sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)));
};

const from = ({ subject, range, judgement }: Explanation): Pick<DraftSentence, 'subject' | 'range' | 'judgement'> => ({
  subject,
  range,
  judgement,
});

const conclusionOf = (explanation: Explanation): DraftSentence => {
  const { text, cites } = explanation.conclusion;
  // Out of its explanation the conclusion leans on what the key observations cite, too.
  return said(text, [...cites, ...explanation.keyObservations.flatMap((each) => each.cites).slice(0, 6)], {
    ...from(explanation),
    part: 'conclusion',
  });
};

const take = (
  explanation: Explanation,
  sentences: readonly CitedSentence[],
  most: number,
  part: DraftSentence['part'] = 'interpretation',
): DraftSentence[] =>
  sentences.slice(0, most).map(({ text, cites }) => said(text, cites, { ...from(explanation), part }));

/** "happiness (96 %)", "happily surprised (71 %)". */
export const readingPhrase = (judgement: Judgement): string => {
  const { label } = judgement.compound;
  const named: Label = label ?? judgement.expression.label;
  const score = label === null ? judgement.expression.scores[judgement.expression.label] : shareOf(judgement, label);
  return `${labelWord(named)} (${percent(score)})`;
};

const confidenceWord = (confidence: number): string =>
  confidence >= 0.75 ? 'high' : confidence >= 0.5 ? 'moderate' : confidence >= 0.3 ? 'low' : 'very low';

const nothingToRead = (asked: Asked, scene: Scene): Reply => ({
  kind: 'beyond',
  sentences: [
    said(
      asked.timed
        ? `${capitalized(nameOf(scene, asked.subject))} is not to be seen or heard at that time.`
        : 'There is no face and no voice that could be read.',
    ),
  ],
});

/** "how is she feeling?", "what is the mood?" */
export const reading = async (asked: Asked, scene: Scene): Promise<Reply> => {
  const explanations = (
    await Promise.all(subjectsOf(asked, scene).map((subject) => scene.explain(subject, asked.range)))
  ).filter((each) => each !== null);
  const [only] = explanations;
  if (only === undefined) {
    return nothingToRead(asked, scene);
  }
  if (explanations.length > 1) {
    return {
      sentences: [
        ...explanations.map((each) => shortReading(each, scene)),
        ...(scene.people.length > explanations.length && asked.named.length === 0
          ? [said(`${scene.people.length - explanations.length} more are in view, for a shorter time.`)]
          : []),
      ],
      suggestions: explanations.slice(0, 2).map(({ subject }) => `Why does ${subject ?? 'the voice'} read like that?`),
    };
  }
  const key = take(only, only.keyObservations, 2, 'key-observations');
  return {
    sentences: [
      conclusionOf(only),
      ...key,
      ...take(only, only.conflicts, 1, 'conflicts'),
      ...(only.judgement.abstained
        ? []
        : [
            said(
              `The confidence in that is ${confidenceWord(only.judgement.confidence)} (${percent(only.judgement.confidence)}).`,
              [],
              from(only),
            ),
          ]),
    ],
    moments: momentsOf(
      scene,
      key.flatMap(({ cites }) => cites),
    ),
    suggestions: only.judgement.abstained
      ? ['What do you see?', 'What was not measured?']
      : [`Why ${only.judgement.expression.label}?`, 'How sure are you?', 'When does the reading change?'],
  };
};

const momentsOf = (scene: Scene, cites: readonly string[]): Reply['moments'] =>
  [...new Set(cites)]
    .flatMap((id) => scene.byId.get(id) ?? [])
    .filter(({ kind }) => kind === 'action-unit')
    .slice(0, 3)
    .map(momentOf);

const shortReading = (explanation: Explanation, scene: Scene): DraftSentence => {
  const { judgement, subject, keyObservations, conclusion } = explanation;
  const cites = [...conclusion.cites, ...keyObservations.flatMap((each) => each.cites)].slice(0, 6);
  const whose = capitalized(faceOf(scene, subject));
  const text = judgement.abstained
    ? `${whose} gives no reading: ${inside(judgement.reason)}`
    : `${whose} reads as ${readingPhrase(judgement)}, with ${confidenceWord(judgement.confidence)} confidence.`;
  return said(text, cites, { ...from(explanation), part: judgement.abstained ? 'interpretation' : 'conclusion' });
};

/** "give me a summary" */
export const summary = async (asked: Asked, scene: Scene): Promise<Reply> => {
  const base = await reading(asked, scene);
  if (asked.everybody || asked.named.length > 1) {
    return base;
  }
  const explanation = await scene.explain(asked.subject, asked.range);
  if (explanation === null) {
    return base;
  }
  return {
    ...base,
    sentences: [
      conclusionOf(explanation),
      ...take(explanation, explanation.keyObservations, 3, 'key-observations'),
      ...take(explanation, explanation.conflicts, 1, 'conflicts'),
    ],
  };
};

/** "why does she look happy?" */
export const whyLabel = async (asked: Asked, scene: Scene, topic: LabelTopic): Promise<Reply> => {
  const explanation = await scene.explain(asked.subject, asked.range);
  if (explanation === null) {
    return nothingToRead(asked, scene);
  }
  if (!readsAs(explanation.judgement, topic.label)) {
    return notThat(asked, scene, topic, explanation, true);
  }
  const units = observationsOf(scene, 'action-unit', explanation.subject, explanation.range);
  const { pro } = argumentsFor(topic.label, units);
  const ids = new Set(pro.map(({ id }) => id));
  const telling = explanation.keyObservations.filter(({ cites }) =>
    cites.some((id) => ids.has(id) || scene.byId.get(id)?.kind === 'speech' || scene.byId.get(id)?.kind === 'voice'),
  );
  const key = take(explanation, telling.length > 0 ? telling : explanation.keyObservations, 3, 'key-observations');
  return {
    sentences: [
      conclusionOf(explanation),
      ...key,
      ...take(explanation, explanation.interpretation, 2),
      ...take(explanation, explanation.conflicts, 1, 'conflicts'),
      ...changers(explanation).slice(0, 1),
      ...looseWord(topic),
    ],
    moments: momentsOf(
      scene,
      key.flatMap(({ cites }) => cites),
    ),
    suggestions: [
      `What speaks against ${labelWord(topic.label)}?`,
      'How sure are you?',
      ...(pro[0] === undefined ? [] : [`What if the ${actionUnit(pro[0].au.code).noun} were absent?`]),
    ],
  };
};

/** "frustrated" is not one of the labels: what it was taken for is said. */
const looseWord = ({ words, label, exact }: LabelTopic): DraftSentence[] =>
  exact ? [] : [said(`"${capitalized(words)}" is not a label of its own here; the nearest is "${labelWord(label)}".`)];

const changers = (explanation: Explanation): DraftSentence[] =>
  explanation.wouldChange.map(({ text }) =>
    said(text, [...new Set(text.match(/\bo\d+\b/g) ?? [])], { ...from(explanation), part: 'alternatives' }),
  );

/** A label that the reading does not give: what it gives, and what speaks for and against the one that was asked for. */
const notThat = (asked: Asked, scene: Scene, topic: LabelTopic, explanation: Explanation, presumed: boolean): Reply => {
  const { judgement, subject, range } = explanation;
  const share = shareOf(judgement, topic.label);
  const word = labelWord(topic.label);
  const units = observationsOf(scene, 'action-unit', subject, range);
  const { pro, missing } = argumentsFor(topic.label, units);
  const cites = [
    ...new Set([...explanation.conclusion.cites, ...explanation.keyObservations.flatMap((each) => each.cites)]),
  ].slice(0, 6);
  const face = faceOf(scene, subject);
  const lead = judgement.abstained
    ? `${presumed ? 'That cannot be said' : 'That cannot be told'}: ${inside(judgement.reason)}`
    : share >= 0.2
      ? `${presumed ? 'Only in part' : 'In part'}: ${face} reads as ${readingPhrase(judgement)}, and ${word} follows with ${percent(share)}.`
      : `${presumed ? 'The measurements do not say so' : 'Not by the measurements'}: ${face} reads as ${readingPhrase(judgement)}, and ${word} gets ${percent(share)}.`;
  const forIt = pro.slice(0, 2);
  const against = missing.slice(0, 3);
  return {
    sentences: [
      said(lead, cites, { ...from(explanation), part: 'interpretation' }),
      ...forIt.map((each, index) =>
        said(index === 0 ? `For ${word} there is this: ${inside(each.text)}` : each.text, [each.id], {
          ...from(explanation),
          part: 'alternatives',
        }),
      ),
      ...(against.length === 0
        ? []
        : [
            said(
              `What ${word} usually brings is missing: ${listed(against.map(({ au }) => `no ${actionUnit(au.code).noun} (${au.code})`))}.`,
              against.map(({ id }) => id),
              { ...from(explanation), part: 'alternatives' },
            ),
          ]),
      ...looseWord(topic),
    ],
    moments: forIt.map(momentOf),
    suggestions: [
      judgement.abstained
        ? 'What do you see?'
        : `Why ${labelWord(judgement.compound.label ?? judgement.expression.label)}?`,
      'How sure are you?',
    ],
  };
};

/** "is she angry?" */
export const whetherLabel = async (asked: Asked, scene: Scene, topic: LabelTopic): Promise<Reply> => {
  const explanation = await scene.explain(asked.subject, asked.range);
  if (explanation === null) {
    return nothingToRead(asked, scene);
  }
  const { judgement } = explanation;
  if (!readsAs(judgement, topic.label)) {
    return notThat(asked, scene, topic, explanation, false);
  }
  const units = observationsOf(scene, 'action-unit', explanation.subject, explanation.range);
  const { pro } = argumentsFor(topic.label, units);
  const told = firstOfEach(pro).slice(0, 2);
  const cites = [...told.map(({ id }) => id), ...explanation.conclusion.cites];
  return {
    sentences: [
      said(
        `It reads like that: ${faceOf(scene, explanation.subject)} reads as ${readingPhrase(judgement)}, with ${confidenceWord(judgement.confidence)} confidence.`,
        cites,
        { ...from(explanation), part: 'conclusion' },
      ),
      ...told.map((each) => said(each.text, [each.id], from(explanation))),
      said('Whether that is also felt, no measurement of a face or a voice can tell.'),
      ...looseWord(topic),
    ],
    moments: told.map(momentOf),
    suggestions: [`Why ${labelWord(topic.label)}?`, `When does it read as ${labelWord(topic.label)}?`],
  };
};

const firstOfEach = (units: readonly UnitObservation[]): UnitObservation[] =>
  units.filter(({ au }, index) => units.findIndex((other) => other.au.code === au.code) === index);

/** "what speaks against happiness?" */
export const against = async (asked: Asked, scene: Scene): Promise<Reply> => {
  const explanation = await scene.explain(asked.subject, asked.range);
  if (explanation === null) {
    return nothingToRead(asked, scene);
  }
  const label: Label =
    labelTopicOf(asked)?.label ?? explanation.judgement.compound.label ?? explanation.judgement.expression.label;
  const word = labelWord(label);
  const { contra, missing } = argumentsFor(
    label,
    observationsOf(scene, 'action-unit', explanation.subject, explanation.range),
  );
  const unlikely = firstOfEach(contra).slice(0, 2);
  const gone = missing.slice(0, 3);
  const conflicts = take(explanation, explanation.conflicts, 2, 'conflicts');
  const sentences = [
    ...unlikely.map((each, index) =>
      said(index === 0 ? `This is unusual in ${word}: ${inside(each.text)}` : each.text, [each.id], {
        ...from(explanation),
        part: 'alternatives',
      }),
    ),
    ...(gone.length === 0
      ? []
      : [
          said(
            `What ${word} usually brings is missing: ${listed(gone.map(({ au }) => `no ${actionUnit(au.code).noun} (${au.code})`))}.`,
            gone.map(({ id }) => id),
            { ...from(explanation), part: 'alternatives' },
          ),
        ]),
    ...conflicts,
    ...take(explanation, explanation.alternatives, 1, 'alternatives'),
  ];
  return {
    sentences:
      sentences.length > 0
        ? sentences
        : [
            said(
              `Nothing that was measured speaks against ${word}: no movement is unusual in it, and none that it usually brings is missing.`,
            ),
          ],
    moments: unlikely.map(momentOf),
    suggestions: ['What would change the reading?', 'How sure are you?'],
  };
};

/** "could it be something else?" */
export const instead = async (asked: Asked, scene: Scene): Promise<Reply> => {
  const topic = labelTopicOf(asked);
  if (topic !== null) {
    return whetherLabel(asked, scene, topic);
  }
  const explanation = await scene.explain(asked.subject, asked.range);
  if (explanation === null) {
    return nothingToRead(asked, scene);
  }
  const { judgement } = explanation;
  const ranked = Object.entries(judgement.expression.scores)
    .filter(([label]) => label !== judgement.expression.label)
    .sort(([, a], [, b]) => b - a);
  const [next] = ranked;
  const told = take(explanation, explanation.alternatives, 2, 'alternatives');
  return {
    sentences: [
      ...told,
      ...(told.length > 0 || next === undefined
        ? []
        : [
            said(
              `Next after ${judgement.expression.label} (${percent(judgement.expression.scores[judgement.expression.label])}) comes ${next[0]}, with ${percent(next[1])}.`,
              explanation.conclusion.cites,
              { ...from(explanation), part: 'alternatives' },
            ),
          ]),
      ...changers(explanation).slice(0, 2),
    ],
    suggestions: [...(next === undefined ? [] : [`Is it ${next[0]}?`]), 'What would change the reading?'],
  };
};

/** "what would change your mind?" */
export const wouldChange = async (asked: Asked, scene: Scene): Promise<Reply> => {
  const explanation = await scene.explain(asked.subject, asked.range);
  if (explanation === null) {
    return nothingToRead(asked, scene);
  }
  const told = changers(explanation);
  return {
    sentences:
      told.length > 0
        ? told
        : [said('No single movement decides the reading: with any one of them gone, it would stay as it is.')],
    suggestions: ['What speaks against it?', 'How sure are you?'],
  };
};

/** "do the face and the voice agree?" */
export const conflict = async (asked: Asked, scene: Scene): Promise<Reply> => {
  const explanation = await scene.explain(asked.subject, asked.range);
  if (explanation === null) {
    return nothingToRead(asked, scene);
  }
  const conflicts = take(explanation, explanation.conflicts, 3, 'conflicts');
  if (conflicts.length > 0) {
    return { sentences: conflicts, suggestions: ['How does the voice sound?', 'What was said?'] };
  }
  const has = (kind: 'voice' | 'speech'): boolean => observationsOf(scene, kind, undefined, asked.range).length > 0;
  const channels = [
    explanation.subject === null ? null : 'the face',
    has('voice') ? 'the voice' : null,
    has('speech') ? 'the words' : null,
  ].filter((each) => each !== null);
  const beside = explanation.interpretation.filter(({ cites }) =>
    cites.some((id) => ['voice', 'speech', 'affect'].includes(scene.byId.get(id)?.kind ?? '')),
  );
  return {
    sentences: [
      said(
        channels.length < 2
          ? `Only ${channels.join('')} could be read, so there is nothing for it to agree with.`
          : `No conflict was found between ${listed(channels)}.`,
      ),
      ...take(explanation, beside, 2),
    ],
    suggestions: has('voice') ? ['How does the voice sound?'] : ['What was not measured?'],
  };
};

/** "is the smile genuine?" */
export const genuine = async (asked: Asked, scene: Scene): Promise<Reply> => {
  const smiles = observationsOf(scene, 'action-unit', asked.subject, asked.range).filter(
    ({ au }) => au.code === 'AU12',
  );
  const cheeks = observationsOf(scene, 'action-unit', asked.subject, asked.range).filter(({ au }) => au.code === 'AU6');
  const explanation = smiles.some(({ au }) => au.status === 'present')
    ? await scene.explain(asked.subject, asked.range)
    : null;
  const about =
    explanation?.interpretation.filter(({ cites }) => cites.some((id) => cheeks.some((each) => each.id === id))) ?? [];
  const [smile] = smiles;
  if (explanation === null || smile === undefined) {
    return {
      sentences: [
        ...(smile === undefined
          ? [said('No lip-corner pull is recorded, so there is no smile to speak of.')]
          : [said(smile.text, [smile.id])]),
      ],
    };
  }
  const told =
    about.length > 0 ? take(explanation, about, 2) : cheeks.slice(0, 2).map((each) => said(each.text, [each.id]));
  return {
    sentences: [
      said(
        'Whether it is felt cannot be told from a face. What coders look at is whether the cheeks rise more than the lip corners alone would lift them.',
      ),
      ...told,
      ...(told.length === 0 ? [said('Nothing is recorded of the cheeks, so that cannot be told here.')] : []),
    ],
    moments: cheeks
      .filter(({ au }) => au.status === 'present')
      .slice(0, 2)
      .map(momentOf),
    suggestions: ['How strong is the smile?', 'Is the smile symmetrical?'],
  };
};

/** "when does he look angry?" */
export const whenLabel = (asked: Asked, scene: Scene, topic: LabelTopic): Reply => {
  const components = componentsOf(topic.label);
  const { episodes } = scene.reading(asked.subject, asked.range);
  const found = episodes.filter(
    ({ label, score, peak }) =>
      components.includes(label) && (label === 'neutral' || (score >= 0.3 && peak.strength >= 0.1)),
  );
  const face = faceOf(scene, asked.subject);
  const word = components.length === 1 ? (components[0] ?? topic.label) : labelWord(topic.label);
  if (scene.timeless) {
    return { kind: 'beyond', sentences: [said('This is a photo: nothing in it has a time.')] };
  }
  if (found.length === 0) {
    const others = [...new Set(episodes.map(({ label }) => label))];
    return {
      sentences: [
        said(`At no time does ${face} read as ${word}; over the clip it reads as ${listed(others)}.`, [], {
          part: 'alternatives',
        }),
      ],
      suggestions: others.slice(0, 2).map((label) => `When does it read as ${label}?`),
    };
  }
  const longest = [...found]
    .sort((a, b) => b.peak.strength * (b.endMs - b.startMs) - a.peak.strength * (a.endMs - a.startMs))
    .slice(0, 3)
    .sort((a, b) => a.startMs - b.startMs);
  const sentences = longest.flatMap((episode): DraftSentence[] => {
    const range: TimeRange = { startMs: episode.startMs, endMs: episode.endMs };
    const carried = argumentsFor(episode.label, observationsOf(scene, 'action-unit', asked.subject, range)).pro.find(
      ({ range: when }) => when.startMs <= episode.peak.moment.ms && episode.peak.moment.ms < when.endMs,
    );
    const text = `${capitalized(face)} reads as ${episode.label} ${span(scene, range)}, most clearly around ${timeWord(episode.peak.moment.ms)}.`;
    const cites = carried === undefined ? [] : [carried.id];
    return [
      said(text, [], { part: 'alternatives', range }),
      ...(carried === undefined ? [] : [said(`What carries it: ${inside(carried.text)}`, cites)]),
    ];
  });
  const more =
    found.length > longest.length ? [said(`It returns in ${found.length - longest.length} shorter stretches.`)] : [];
  return {
    sentences: [...sentences, ...more],
    moments: longest.map(({ startMs, endMs, label }) => ({
      subject: asked.subject,
      range: { startMs, endMs },
      text: `Reads as ${label}`,
      cites: [],
    })),
    suggestions: [`Why ${word}?`, 'What is the strongest moment?'],
  };
};
