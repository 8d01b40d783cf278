/** The contract over the reasoners that look at pictures, and over those who ask others. */
import { EXPRESSION_LABELS } from '../../src/contracts/index.ts';
import type { VisionChat } from '../../src/contracts/vision-models.ts';
import { compareSightings } from '../../src/pipeline/compare-sightings.ts';
import { createClipReasoner } from '../../src/reason/clip/index.ts';
import { createEnsembleReasoner } from '../../src/reason/ensemble/index.ts';
import { createFacsReasoner } from '../../src/reason/facs/index.ts';
import type { Reasoner } from '../../src/reason/reasoner.ts';
import { createVlmReasoner } from '../../src/reason/vlm/index.ts';
import { createPicturePromptWriter } from '../../src/textualize/picture-prompts.ts';
import { fakeImageTextModel, stillOf } from './clip/fake-model.ts';
import { reasonerContract } from './contract.ts';

const chat: VisionChat = {
  id: 'fake/vision',
  host: null,
  isServer: false,
  check: () => Promise.resolve(),
  answer: ({ question }) =>
    Promise.resolve(
      question.includes('one plain sentence a line')
        ? 'The lip corners are pulled up and back in a happy smile, the cheeks are raised.\nThe brows are lowered.'
        : '{"expression": "happiness", "confidence": 0.7, "reasons": [{"text": "The lip corners are pulled up.", "cites": ["o1", "o77"]}]}',
    ),
};

const stills = () => [
  stillOf(0, Object.fromEntries(EXPRESSION_LABELS.map((label) => [label, label === 'happiness' ? 0.9 : 0.1]))),
  stillOf(900, {}, 'baseline'),
];
const clip = (): Reasoner => createClipReasoner(fakeImageTextModel());
const vlm = (): Reasoner =>
  createVlmReasoner({ chat, prompts: createPicturePromptWriter({ random: () => 0.5 }), compare: compareSightings });

reasonerContract({ name: 'clip', make: clip, stills });
reasonerContract({ name: 'clip without a picture', make: clip });
reasonerContract({ name: 'vlm', make: vlm, stills });
reasonerContract({ name: 'vlm without a picture', make: vlm });
reasonerContract({
  name: 'ensemble',
  make: () =>
    createEnsembleReasoner([
      { id: 'facs', reasoner: createFacsReasoner() },
      { id: 'llm', why: 'It is not set up.' },
      { id: 'vlm', reasoner: vlm() },
      { id: 'clip', reasoner: clip() },
    ]),
  stills,
});
