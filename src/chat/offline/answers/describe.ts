import { ACTION_UNIT_CODES, type TimeRange } from '../../../contracts/index.ts';
import { timeWord } from '../../../facs/time-words.ts';
import { said } from '../../draft.ts';
import { observationsOf, type Scene, strongestOf, unitsOf } from '../../scene.ts';
import type { Asked, Reply } from '../asked.ts';
import { capitalized, faceOf, inside, momentOf, nameOf, percent, span } from '../words.ts';

/** "what happens at 0:02?", "and before that?" */
export const describe = async (asked: Asked, scene: Scene): Promise<Reply> => {
  const subject = asked.everybody ? undefined : asked.subject;
  const { present, absent } = unitsOf(scene, { subject, range: asked.range, codes: ACTION_UNIT_CODES });
  const fresh = asked.intent === 'more' ? present.filter(({ id }) => asked.memory?.cited.has(id) !== true) : present;
  const ranked = fresh.filter(
    ({ au }, index) =>
      fresh.findIndex((each) => each.au.code === au.code && each.subject === fresh[index]?.subject) === index ||
      fresh.length <= 5,
  );
  const units = [...ranked]
    .sort((a, b) => (b.au.intensity ?? 0) * b.confidence - (a.au.intensity ?? 0) * a.confidence)
    .slice(0, 5)
    .sort((a, b) => a.range.startMs - b.range.startMs);
  const beside = (['speech', 'head', 'gaze', 'voice'] as const)
    .flatMap((kind) =>
      observationsOf(scene, kind, kind === 'speech' || kind === 'voice' ? undefined : subject, asked.range),
    )
    .filter(
      ({ range, id }) =>
        (!asked.timed || scene.timeless || range.endMs - range.startMs < scene.whole.endMs * 0.8) &&
        !(asked.intent === 'more' && asked.memory?.cited.has(id) === true),
    );
  const other = [
    ...beside.filter(({ kind }) => kind === 'speech').slice(0, 2),
    ...beside.filter(({ kind }) => kind !== 'speech').slice(0, 2),
  ];
  const told = [...units, ...other];
  if (told.length === 0) {
    const none = absent.slice(0, 2);
    const when = asked.timed ? ` ${span(scene, asked.range)}` : '';
    return {
      sentences: [
        said(
          asked.intent === 'more'
            ? 'That was all that is recorded of movement, voice and words.'
            : `${capitalized(nameOf(scene, asked.subject))} shows no movement above its threshold${when}, and nothing else is recorded for that time.`,
        ),
        ...none.map((each) => said(each.text, [each.id], { subject: each.subject })),
      ],
      suggestions: ['Give me a summary', 'What was not measured?'],
    };
  }
  return {
    sentences: told.map((each) => said(each.text, [each.id], { subject: each.subject })),
    moments: units.slice(0, 4).map(momentOf),
    suggestions: scene.mayInfer ? ['How does that read?', 'And after that?'] : ['And after that?'],
  };
};

/** "what is the strongest moment?" */
export const strongestMoment = async (asked: Asked, scene: Scene): Promise<Reply> => {
  const subject = asked.everybody ? (scene.people[0]?.id ?? null) : asked.subject;
  const { present } = unitsOf(scene, { subject, range: asked.range, codes: ACTION_UNIT_CODES });
  if (present.length === 0) {
    return { sentences: [said('No movement of the face is recorded there.')] };
  }
  if (!scene.mayInfer || scene.timeless) {
    const strongest = strongestOf(present);
    return {
      sentences:
        strongest === null ? [] : [said(`The strongest: ${inside(strongest.text)}`, [strongest.id], { subject })],
      moments: strongest === null ? [] : [momentOf(strongest)],
    };
  }
  const { key, label, scores } = scene.reading(subject, asked.range);
  const { ms } = key.moment;
  const there = present
    .filter(({ range }) => range.startMs <= ms && ms < range.endMs)
    .sort((a, b) => (b.au.intensity ?? 0) - (a.au.intensity ?? 0))
    .slice(0, 3);
  const range: TimeRange = { startMs: Math.max(0, ms - 500), endMs: Math.min(scene.whole.endMs, ms + 500) };
  return {
    sentences: [
      said(
        `${capitalized(faceOf(scene, subject))} says most around ${timeWord(ms)}, where ${label} has most for it (${percent(scores.expression[label])} over the clip).`,
        [],
        { part: 'alternatives' },
      ),
      ...there.map((each) => said(each.text, [each.id], { subject: each.subject })),
    ],
    moments: [{ subject, range, text: `The strongest moment: ${label}`, cites: there.map(({ id }) => id) }],
    focus: range,
    suggestions: [`What happens at ${timeWord(ms)}?`, `Why ${label}?`],
  };
};
