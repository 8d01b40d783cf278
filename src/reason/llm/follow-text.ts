/** Follows what a model writes while it writes it: sentences out of lines or out of half a JSON object. */
import { type CitedSentence, type ExplanationPart, SPACE_MARK } from '../../contracts/index.ts';
import { lineOf } from './answer/read-description.ts';

export type Followed = {
  /** Words of the sentence that is being written. */
  onWords(part: ExplanationPart | null, words: string): void;
  onSentence(part: ExplanationPart | null, sentence: CitedSentence): void;
};

export type Follower = { add(text: string): void; end(): void };

/** Lines of a description. */
export const followLines = ({ onWords, onSentence }: Followed): Follower => {
  let line = '';
  const finish = (): void => {
    const sentence = lineOf(line);
    if (sentence !== null) {
      onSentence(null, sentence);
    }
    line = '';
  };
  return {
    add: (text) => {
      for (const piece of text.split(/(\n)/)) {
        if (piece === '\n') {
          finish();
        } else if (piece !== '') {
          line += piece;
          onWords(null, piece);
        }
      }
    },
    end: finish,
  };
};

const PARTS: Readonly<Record<string, ExplanationPart>> = {
  keyObservations: 'key-observations',
  interpretation: 'interpretation',
  conclusion: 'conclusion',
  conflicts: 'conflicts',
  alternatives: 'alternatives',
};

const ESCAPES: Readonly<Record<string, string>> = { n: ' ', t: ' ', r: ' ', b: '', f: '' };

/** `text` values of a JSON answer, part by part, as they grow. What is not of the form is passed over in silence. */
export const followAnswer = ({ onWords, onSentence }: Followed): Follower => {
  let part: ExplanationPart | null = null;
  let depth = 0;
  let inString = false;
  let escaped = '';
  let value = '';
  let key = '';
  let isValue = false;
  let text = '';
  let cites: string[] = [];
  let waiting = '';

  const flush = (): void => {
    if (waiting !== '') {
      onWords(part, waiting);
      waiting = '';
    }
  };

  const wordsOf = (character: string): string => {
    if (escaped === '') {
      if (character === '\\') {
        escaped = '\\';
        return '';
      }
      return character;
    }
    escaped += character;
    if (escaped[1] === 'u') {
      if (escaped.length < 6) {
        return '';
      }
      const code = Number.parseInt(escaped.slice(2), 16);
      escaped = '';
      return Number.isNaN(code) ? '' : String.fromCharCode(code);
    }
    escaped = '';
    return ESCAPES[character] ?? character;
  };

  const stringEnded = (): void => {
    if (!isValue && depth === 1) {
      part = PARTS[value] ?? null;
    }
    if (isValue && key === 'cites' && /^o\d{1,6}$/.test(value)) {
      cites.push(value);
    }
    if (!isValue) {
      key = value;
    }
  };

  const step = (character: string): void => {
    if (inString) {
      if (escaped === '' && character === '"') {
        inString = false;
        stringEnded();
        return;
      }
      const words = wordsOf(character);
      value += words;
      if (isValue && key === 'text' && part !== null) {
        const plain = words === SPACE_MARK ? ' ' : words;
        text += plain;
        waiting += plain;
      }
      return;
    }
    if (character === '"') {
      inString = true;
      value = '';
    } else if (character === ':') {
      isValue = true;
    } else if (character === '{' || character === '[') {
      depth += 1;
      isValue = character === '[' ? isValue : false;
    } else if (character === '}' || character === ']') {
      depth -= 1;
      isValue = false;
      if (character === '}' && part !== null && text.trim() !== '') {
        flush();
        onSentence(part, { text: text.trim(), cites });
        text = '';
        cites = [];
      }
    } else if (character === ',') {
      // Within a list the next string is a value still; the key of the list stays.
      isValue = isValue && key === 'cites';
    }
  };

  return {
    add: (words) => {
      for (const character of words) {
        step(character);
      }
      flush();
    },
    end: flush,
  };
};
