import { WhyfaceError } from '../../kit/error.ts';
import type { PromptFile } from './prompt-file.ts';

const PLACE = /\{\{(\w+)\}\}/g;

const fault = (message: string): WhyfaceError => new WhyfaceError({ code: 'internal', stage: 'textualize', message });

/**
 * The text of a prompt with its places filled. A value is put in as it is: what looks like a place in it is not filled.
 * Empty values take the blank lines around them away.
 *
 * @throws WhyfaceError `internal` where an input is missing, unknown, or a place has no input
 */
export const fillPrompt = (prompt: PromptFile, inputs: Readonly<Record<string, string>>): string => {
  const name = `${prompt.id}@${prompt.version}`;
  const unknown = Object.keys(inputs).filter((key) => !prompt.inputs.includes(key));
  const missing = prompt.inputs.filter((key) => !Object.hasOwn(inputs, key));
  if (unknown.length > 0 || missing.length > 0) {
    const problems = [
      missing.length > 0 ? `lacks ${missing.join(', ')}` : '',
      unknown.length > 0 ? `has no place for ${unknown.join(', ')}` : '',
    ];
    throw fault(`The prompt ${name} ${problems.filter((problem) => problem !== '').join(' and ')}.`);
  }
  const filled = prompt.body.replace(/\n\n\{\{(\w+)\}\}(?=\n|$)/g, (place, key: string) =>
    inputs[key] === '' ? '' : place,
  );
  return filled.replace(PLACE, (_, key: string) => {
    const value = Object.hasOwn(inputs, key) ? inputs[key] : undefined;
    if (value === undefined) {
      throw fault(`The prompt ${name} has a place {{${key}}} that is not among its inputs.`);
    }
    return value;
  });
};
