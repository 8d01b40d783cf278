import { ACTION_UNIT_CODES, type ActionUnitCode } from '../../src/contracts/index.ts';
import { feafaValues } from '../../src/facs/feafa.ts';
import { chainText } from './chain.ts';
import type { DatasetItem } from './items.ts';
import type { Split } from './split.ts';

const SYSTEM =
  'You explain facial expressions. From a description of facial movements you give key observations, an overall emotional interpretation and a conclusion.';
const QUESTION = 'Describe the key facial movements, interpret them together, and conclude which expression they show.';

type Accepted = DatasetItem & { chain: NonNullable<DatasetItem['chain']> };

const isAccepted = (item: DatasetItem): item is Accepted => item.status === 'accepted' && item.chain !== null;

const lines = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');

/** Every file of the set but `items.jsonl`: name and content. */
export const exportFiles = (items: readonly DatasetItem[]): Array<[string, string]> => {
  const accepted = items.filter(isAccepted);
  const of = (split: Split): Accepted[] => accepted.filter((item) => item.split === split);
  const splits = ['train', 'validation', 'test'] as const;
  return [
    ...splits.map((split): [string, string] => [`openai/${split}.jsonl`, lines(of(split).map(openaiRow))]),
    ...splits.map((split): [string, string] => [
      `llava/${split}.json`,
      `${JSON.stringify(of(split).map(llavaRow), null, 1)}\n`,
    ]),
    ...splits.map((split): [string, string] => [
      `sharegpt/${split}.json`,
      `${JSON.stringify(of(split).map(shareGptRow), null, 1)}\n`,
    ]),
    ['expllm.json', `${JSON.stringify(accepted.map(expllmRow), null, 1)}\n`],
    ...splits.map((split): [string, string] => [`huggingface/data/${split}.jsonl`, lines(of(split).map(plainRow))]),
    ['huggingface/README.md', card(accepted)],
    [
      'rejected.jsonl',
      lines(
        items
          .filter((item) => item.status === 'rejected')
          .map(({ name, humanLabel, reason, detail, attempts }) => ({
            name,
            label: humanLabel,
            reason,
            detail,
            attempts,
          })),
      ),
    ],
    [
      'provenance.jsonl',
      lines(
        accepted.map(({ name, key, attempts, grounding, provenance }) => ({
          name,
          key,
          attempts,
          grounding,
          ...provenance,
        })),
      ),
    ],
  ];
};

/** OpenAI fine-tuning: description in, chain out. */
const openaiRow = ({ observations, chain }: Accepted): object => ({
  messages: [
    { role: 'system', content: SYSTEM },
    { role: 'user', content: `${observations.join('\n')}\n\n${QUESTION}` },
    { role: 'assistant', content: chainText(chain) },
  ],
});

/** LLaVA: picture in, chain out. */
const llavaRow = ({ name, chain }: Accepted): object => ({
  id: name,
  image: name,
  conversations: [
    { from: 'human', value: `<image>\n${QUESTION}` },
    { from: 'gpt', value: chainText(chain) },
  ],
});

/** ShareGPT: description in, chain out. */
const shareGptRow = ({ name, observations, chain }: Accepted): object => ({
  id: name,
  conversations: [
    { from: 'system', value: SYSTEM },
    { from: 'human', value: `${observations.join('\n')}\n\n${QUESTION}` },
    { from: 'gpt', value: chainText(chain) },
  ],
});

const isCode = (code: string): code is ActionUnitCode => ACTION_UNIT_CODES.some((known) => known === code);

/** ExpLLM's own layout: 24 FEAFA values and the chain. */
const expllmRow = ({ name, humanLabel, units, chain }: Accepted): object => ({
  file_name: name,
  emo: humanLabel,
  au: feafaValues(new Map(units.flatMap(({ code, ...sides }) => (isCode(code) ? [[code, sides] as const] : [])))),
  description: chainText(chain),
});

const plainRow = ({ name, label, identity, observations, units, chain, grounding }: Accepted): object => ({
  name,
  label,
  identity,
  description: observations.join('\n'),
  units,
  key_observations: chain.keyObservations,
  interpretation: chain.interpretation,
  conclusion: chain.conclusion,
  grounding,
});

const card = (accepted: readonly Accepted[]): string => `---
configs:
- config_name: default
  data_files:
  - split: train
    path: data/train.jsonl
  - split: validation
    path: data/validation.jsonl
  - split: test
    path: data/test.jsonl
task_categories:
- text-generation
---
# Facial-expression chains of thought

${accepted.length} chains, made by whyface: facial movements were measured, described without a word of feeling, read from the description alone, compared with the human label, and kept where they agree and where every claim stands on a measurement. \`provenance.jsonl\` beside this folder says how each was made, \`rejected.jsonl\` which were not kept, and why. The licence of the pictures is that of their source.
`;
