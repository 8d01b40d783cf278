import type { Analysis } from '../../contracts/index.ts';
import { type ErrorCode, type Stage, WhyfaceError } from '../../kit/error.ts';
import { printableName } from '../../kit/safe-path.ts';

/** The error of an input in which nothing can be read; `null` where there is a face, a voice or words. */
export const nothingToRead = (input: string, analysis: Analysis): WhyfaceError | null => {
  const readable = analysis.observations.some(({ kind }) => kind === 'voice' || kind === 'speech');
  if (analysis.subjects.length > 0 || readable) {
    return null;
  }
  const name = printableName(input);
  const message =
    analysis.clip.kind === 'audio'
      ? `Nobody can be heard to speak in ${name}; use a recording with a voice, or a picture or clip with a face.`
      : analysis.clip.kind === 'percepts'
        ? `${name} holds no row in which a face was measured.`
        : analysis.warnings.some(({ code }) => code === 'truncated')
          ? `${name} is cut short, and no face could be measured in what is left of it; fetch or copy it again.`
          : `No face could be measured in ${name}; use a picture or clip in which a face is upright, lit and at least about 40 pixels wide.`;
  return new WhyfaceError({ code: 'nothing-to-read', stage: 'perceive', message });
};

/** The error as it stands in a record. */
export const recordErrorOf = (error: WhyfaceError | null): { code: ErrorCode; stage: Stage; message: string } | null =>
  error === null ? null : { code: error.code, stage: error.stage, message: error.message };
