import type { TimeRange } from '../../../contracts/index.ts';
import { timeWord } from '../../../facs/time-words.ts';
import { type DraftSentence, said } from '../../draft.ts';
import { observationsOf, type Scene } from '../../scene.ts';
import type { Asked, Reply } from '../asked.ts';
import type { LabelTopic } from '../topics-of.ts';
import { capitalized, faceOf, inside, labelWord, listed, span } from '../words.ts';
import { argumentsFor, componentsOf } from './arguments.ts';

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
