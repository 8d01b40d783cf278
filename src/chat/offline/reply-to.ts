import type { Scene } from '../scene.ts';
import { about, aboutHeadGazeBlink } from './answers/about.ts';
import { against, instead, wouldChange } from './answers/against.ts';
import { conflict, genuine } from './answers/agreement.ts';
import { howSure, notMeasured } from './answers/certainty.ts';
import { changes } from './answers/changes.ts';
import { clipFacts, term, whichModels } from './answers/clip-facts.ts';
import { compare } from './answers/compare.ts';
import { describe, strongestMoment } from './answers/describe.ts';
import { whetherLabel, whyLabel } from './answers/labels.ts';
import { feeling, pain, thoughts } from './answers/no-reading.ts';
import { who, whoIsThere } from './answers/people.ts';
import { reading, summary } from './answers/reading.ts';
import { sides } from './answers/sides.ts';
import { beyond, greeting, help, thanks } from './answers/small-talk.ts';
import { endmost, howLongUnit, howOftenUnit, micros, whenUnit, whenUnitChanges } from './answers/unit-times.ts';
import { howStrongUnit, listUnits, whetherUnit } from './answers/units.ts';
import { howItSounds, whatWasSaid, whoSpeaks } from './answers/voice.ts';
import { whenLabel } from './answers/when-label.ts';
import { whyChange } from './answers/why-change.ts';
import { whyUnit } from './answers/why-unit.ts';
import { without } from './answers/without.ts';
import type { Asked, Reply } from './asked.ts';
import { labelTopicOf, unitTopicsOf } from './topics-of.ts';

/** The rule that answers a question: by its intent, then by what it is about. */
export const replyTo = async (asked: Asked, scene: Scene): Promise<Reply> => {
  const label = labelTopicOf(asked);
  const units = unitTopicsOf(asked).length > 0;
  const other = aboutHeadGazeBlink(asked, scene);
  const unknown = asked.topics.find(({ kind }) => kind === 'feeling');
  switch (asked.intent) {
    case 'hello':
      return greeting(scene);
    case 'thanks':
      return thanks();
    case 'help':
      return help(scene);
    case 'clip':
      return clipFacts(scene);
    case 'models':
      return whichModels(scene);
    case 'people':
      return whoIsThere(scene);
    case 'who':
      return who(asked, scene);
    case 'why':
      return label !== null
        ? whyLabel(asked, scene, label)
        : units
          ? whyUnit(asked, scene)
          : unknown !== undefined
            ? feeling(asked, scene, unknown.words)
            : (other ?? whyReading(asked, scene));
    case 'why-change':
      return whyChange(asked, scene);
    case 'against':
      return against(asked, scene);
    case 'when':
      return units
        ? whenUnit(asked, scene)
        : label !== null
          ? whenLabel(asked, scene, label)
          : (other ??
            (asked.topics.some(({ kind }) => kind === 'voice')
              ? howItSounds(asked, scene)
              : asked.question.cues.has('changed')
                ? changes(asked, scene)
                : asked.question.cues.has('speak') || asked.question.cues.has('say')
                  ? whatWasSaid(asked, scene)
                  : changes(asked, scene)));
    case 'when-change':
      return units
        ? whenUnitChanges(asked, scene)
        : label !== null
          ? whenLabel(asked, scene, label)
          : (other ?? changes(asked, scene));
    case 'whether':
      return units
        ? whetherUnit(asked, scene)
        : label !== null
          ? whetherLabel(asked, scene, label)
          : unknown !== undefined
            ? feeling(asked, scene, unknown.words)
            : (other ?? about(asked, scene));
    case 'how-strong':
      return units
        ? howStrongUnit(asked, scene)
        : label !== null
          ? whetherLabel(asked, scene, label)
          : about(asked, scene);
    case 'how-long':
      return units
        ? howLongUnit(asked, scene)
        : label !== null
          ? whenLabel(asked, scene, label)
          : (other ?? about(asked, scene));
    case 'how-often':
      return units
        ? howOftenUnit(asked, scene)
        : label !== null
          ? whenLabel(asked, scene, label)
          : (other ?? about(asked, scene));
    case 'side':
      return sides(asked, scene);
    case 'genuine':
      return genuine(asked, scene);
    case 'micro':
      return micros(asked, scene);
    case 'conflict':
      return conflict(asked, scene);
    case 'change':
      return units && !asked.timed ? whenUnit(asked, scene) : changes(asked, scene);
    case 'compare':
      return compare(asked, scene);
    case 'strongest':
      return units ? howStrongUnit(asked, scene) : strongestMoment(asked, scene);
    case 'first':
    case 'last':
      return endmost(asked, scene, asked.intent);
    case 'without':
      return without(asked, scene);
    case 'instead':
      return instead(asked, scene);
    case 'would-change':
      return wouldChange(asked, scene);
    case 'said':
      return whatWasSaid(asked, scene);
    case 'voice':
      return howItSounds(asked, scene);
    case 'speaks':
      return whoSpeaks(asked, scene);
    case 'not-measured':
      return notMeasured(asked, scene);
    case 'sure':
      return howSure(asked, scene);
    case 'term':
      return term(asked);
    case 'reading':
      return unknown !== undefined
        ? feeling(asked, scene, unknown.words)
        : label !== null
          ? whetherLabel(asked, scene, label)
          : reading(asked, scene);
    case 'describe':
    case 'more':
      return describe(asked, scene);
    case 'summary':
      return scene.mayInfer ? summary(asked, scene) : describe(asked, scene);
    case 'units':
      return listUnits(asked, scene);
    case 'about':
      return about(asked, scene);
    case 'thoughts':
      return thoughts();
    case 'pain':
      return pain(asked, scene);
    case 'unknown':
      return beyond(asked);
  }
};

/** "why?" after a reading. */
const whyReading = async (asked: Asked, scene: Scene): Promise<Reply> => {
  if (!scene.mayInfer) {
    return describe(asked, scene);
  }
  const explanation = await scene.explain(asked.subject, asked.range);
  if (explanation === null || explanation.judgement.abstained) {
    return reading(asked, scene);
  }
  const { expression, compound } = explanation.judgement;
  const label = compound.label ?? expression.label;
  return whyLabel(asked, scene, { kind: 'label', label, words: label, exact: true });
};
