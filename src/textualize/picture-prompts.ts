/** Fills the prompts of a model that looks at pictures. */
import { type ClipFacts, isTimeless, SPACE_MARK, type Still } from '../contracts/index.ts';
import type { FilledPicturePrompt, PicturePromptWriter, SeenSentence } from '../contracts/vision-models.ts';
import { timeWord } from '../facs/time-words.ts';
import { factsBlock } from './facts-block.ts';
import { fillPrompt } from './prompts/fill-prompt.ts';
import { latestPrompt, systemPromptOf } from './prompts/latest.ts';
import { drawBoundary, quarantine } from './quarantine.ts';

/** Of the measurements: a small model on this machine loses its way in more. */
const FACT_TOKENS = 700;
const SENTENCE_CHARACTERS = 300;
const SEEN_CHARACTERS = 4_000;

const WORDS: Record<SeenSentence['comparison'], string> = {
  agrees: 'agrees with',
  differs: 'differs from',
  'not-measured': 'not measured',
  untestable: 'cannot be compared',
};

/** Writes prompts. See `PicturePromptWriter`. */
export const createPicturePromptWriter = ({
  random = cryptographicRandom,
}: {
  /** 0–1, half-open; borders are drawn from it. Default: the platform's cryptographic source. */
  random?: (() => number) | undefined;
} = {}): PicturePromptWriter => {
  const filled = (
    id: string,
    inputs: Readonly<Record<string, string>>,
    boundary: string,
    visible: ReadonlySet<string>,
  ): FilledPicturePrompt => {
    const prompt = latestPrompt(id);
    return {
      id: `${prompt.id}@${prompt.version}`,
      sha256: prompt.combinedSha256,
      system: fillPrompt(systemPromptOf(prompt), { boundary, marker: SPACE_MARK }),
      question: fillPrompt(prompt, inputs),
      visible,
    };
  };
  return {
    look: (still, clip) => filled('look', { picture: pictureText(still, clip) }, drawBoundary([], random), new Set()),
    read: ({ analysis, subject, facts }, seen) => {
      const block = factsBlock(analysis, facts, FACT_TOKENS);
      const { text, boundary } = quarantine(
        [{ title: 'seen in the pictures', items: seen.map((each) => ({ head: headOf(each), text: each.text })) }],
        { random, itemCharacters: SENTENCE_CHARACTERS, totalCharacters: SEEN_CHARACTERS },
      );
      const who = subject === null ? 'the voice that is heard' : subject;
      const clip = isTimeless(analysis.clip)
        ? `A single picture; this is about ${who}.`
        : `Stills of a clip; this is about ${who}.`;
      const { notMeasured } = block;
      return filled(
        'read-picture',
        { clip, facts: block.facts, notMeasured, seen: text === '' ? '(nothing that could be used)' : text },
        boundary,
        block.visible,
      );
    },
  };
};

const pictureText = (still: Still, clip: ClipFacts): string => {
  const where = clip.kind === 'image' ? 'A photo' : `A still at ${timeWord(still.ms)} of a clip`;
  const rest = still.role === 'baseline' ? ', at a moment at which the face moves least' : '';
  return `${where}, cut out around one face${rest}.`;
};

const headOf = ({ ms, comparison, compared }: SeenSentence): string =>
  `${timeWord(ms)}, ${WORDS[comparison]}${compared.length === 0 || comparison === 'untestable' ? '' : ` ${compared.map((id) => `[${id}]`).join(' ')}`}`;

const cryptographicRandom = (): number => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32;
