/** The verified English sentences in another language, each held to the figures of the English one. */
import { z } from 'zod';
import type { Explanation, PromptWriter, Translation } from '../../contracts/index.ts';
import { findJson } from './answer/find-json.ts';
import { cleanWords } from './answer/sentences.ts';
import type { LlmClient } from './client/client.ts';
import { failure } from './client/failure.ts';
import type { Saying } from './say.ts';

const form = z.object({ translations: z.array(z.object({ line: z.number(), text: z.string() })) });
const { $schema: _draft, ...schema } = z.toJSONSchema(form);

/** A translation keeps every unit, level and number, and every quotation; else it says something else. */
export const keepsFigures = (english: string, translated: string): boolean => {
  const figures = (text: string): string =>
    (text.match(/\bAU\d+|\d+(?:[.:,]\d+)*/g) ?? [])
      .map((figure) => figure.replace(/(\d),(\d)/g, '$1.$2'))
      .sort()
      .join(' ');
  const quotes = english.match(/"[^"]+"|“[^”]+”/g) ?? [];
  const bare = (text: string): string => text.replace(/["“”„«»]/g, '');
  return figures(english) === figures(translated) && quotes.every((quote) => bare(translated).includes(bare(quote)));
};

/**
 * Asks for a translation, sentence by sentence. A sentence that is missing, or in which a figure changed, is `null`.
 *
 * @throws WhyfaceError `answer-unusable` where nothing came that could be used, and whatever a call throws
 */
export const translate = async (
  explanation: Explanation,
  options: {
    client: LlmClient;
    prompts: PromptWriter;
    language: string;
    signal: AbortSignal | undefined;
    say: Saying;
  },
): Promise<Translation> => {
  const { client, prompts, language, signal, say } = options;
  const { keyObservations, interpretation, conclusion, conflicts, alternatives, wouldChange, judgement } = explanation;
  const parts = [keyObservations, interpretation, [conclusion], conflicts, alternatives, wouldChange].map((sentences) =>
    sentences.map(({ text }) => text),
  );
  const english = [...parts.flat(), judgement.reason];
  const prompt = prompts.translate(english, language);
  const run = client.begin({ signal });
  try {
    say?.({ type: 'stage-start', stage: 'translate', attempt: 1 });
    const completion = await run.complete({
      messages: prompt.messages,
      form: { name: 'translations', schema },
      maximumTokens: client.config.outputTokens,
      temperature: 0,
    });
    const json = findJson(completion.text);
    const read = json.found === null ? null : form.safeParse(json.found);
    if (read === null || !read.success) {
      throw failure('answer-unusable', `The language model at ${client.config.host} gave no translation.`, {
        retryable: false,
      });
    }
    const byLine = new Map(
      read.data.translations.map(({ line, text }) => [line, cleanWords(text, prompt.boundary).text]),
    );
    const translated = english.map((sentence, index) => {
      const text = byLine.get(index + 1) ?? '';
      return text !== '' && keepsFigures(sentence, text) ? text : null;
    });
    say?.({ type: 'stage-end', stage: 'translate' });
    const waiting = [...translated];
    const next = (count: number): Array<string | null> => waiting.splice(0, count);
    return {
      language,
      keyObservations: next(keyObservations.length),
      interpretation: next(interpretation.length),
      conclusion: next(1)[0] ?? null,
      conflicts: next(conflicts.length),
      alternatives: next(alternatives.length),
      wouldChange: next(wouldChange.length),
      reason: next(1)[0] ?? null,
    };
  } finally {
    run.end();
  }
};
