import { type StructuredToolInterface, tool } from '@langchain/core/tools';
import { z } from 'zod';
import { type Observation, SPACE_MARK, type Still, type TimeRange } from '../../contracts/index.ts';
import { timeWord } from '../../facs/time-words.ts';
import { WhyfaceError } from '../../kit/error.ts';
import { LIMITS } from '../../kit/limits.ts';
import { markedText } from '../../textualize/index.ts';
import { answerOffline } from '../offline/answer.ts';
import { observationsOf, type Scene, touches } from '../scene.ts';

/** What lies outside the analysis; each is offered to the model only where it is there. */
export type AgentPorts = {
  /** Measures a stretch again at the full rate of frames; new observations, with ids that follow those of the analysis. */
  remeasure?: ((range: TimeRange, signal: AbortSignal | undefined) => Promise<readonly Observation[]>) | undefined;
  /** Describes a picture of a face in words; only where pictures may go to the model. */
  look?:
    | ((
        request: { subject: string; ms: number },
        signal: AbortSignal | undefined,
      ) => Promise<{ still: Still; words: string } | null>)
    | undefined;
};

export type ToolBox = {
  tools: StructuredToolInterface[];
  /** Ids that the tools have shown. */
  shown: ReadonlySet<string>;
  /** Observations that were measured for this question. */
  added: readonly Observation[];
};

const seconds = z.number().min(0).optional();
const person = z
  .string()
  .regex(/^P\d+$/)
  .optional()
  .describe('P1, P2 …; left out: everybody');

/** Longest result of one tool, in characters, so that a few calls fit any model. */
const RESULT_CHARACTERS = 6_000;

const SPENT = 'No more look-ups for this question: answer with what you have.';

const KINDS = ['action-unit', 'head', 'gaze', 'blink', 'voice', 'speech', 'quality', 'expression', 'affect'] as const;

/** Read-only tools over one analysis. Words from the clip come back marked, inside the border. */
export const createTools = (
  scene: Scene,
  {
    boundary,
    ports,
    signal,
    onStep,
  }: { boundary: string; ports: AgentPorts; signal: AbortSignal | undefined; onStep: (text: string) => void },
): ToolBox => {
  const shown = new Set<string>();
  let made = 0;
  /** Whether one more look-up may be made. */
  const step = (text: string): boolean => {
    made += 1;
    if (made <= LIMITS.chatToolCalls) {
      onStep(text);
    }
    return made <= LIMITS.chatToolCalls;
  };
  const added: Observation[] = [];
  const rangeOf = (from: number | undefined, to: number | undefined): TimeRange => {
    const startMs = Math.round((from ?? 0) * 1000);
    const endMs = to === undefined ? scene.whole.endMs : Math.round(to * 1000);
    return { startMs, endMs: Math.max(startMs + 1, endMs) };
  };
  const when = ({ startMs, endMs }: TimeRange): string =>
    scene.timeless ? '' : `, ${timeWord(startMs)}–${timeWord(endMs)}`;
  const lineOf = (observation: Observation): string => {
    shown.add(observation.id);
    const { id, subject, range } = observation;
    const quote =
      observation.kind === 'speech'
        ? observation.speech.quote
        : observation.kind === 'scene-text'
          ? observation.sceneText.quote
          : null;
    if (quote === null) {
      const scores =
        observation.kind === 'expression'
          ? ` ${Object.entries(observation.expression.scores)
              .map(([label, score]) => `${label} ${Math.round(score * 100)} %`)
              .join(', ')}.`
          : '';
      return `[${id}] ${observation.text}${scores}`;
    }
    return `[${id}] ${subject ?? 'somebody'}, ${timeWord(range.startMs)} to ${timeWord(range.endMs)}, the words:\n<<<${boundary}\n${markedText(quote.replaceAll(boundary, ''), 1_000)}\n${boundary}>>>`;
  };
  const listed = (observations: readonly Observation[]): string => {
    if (observations.length === 0) {
      return 'Nothing is recorded there.';
    }
    let left = RESULT_CHARACTERS;
    const lines: string[] = [];
    for (const observation of observations) {
      const line = lineOf(observation);
      if (line.length > left) {
        shown.delete(observation.id);
        lines.push(`(${observations.length - lines.length} more left out; ask for a shorter time or one kind)`);
        break;
      }
      left -= line.length;
      lines.push(line);
    }
    return lines.join('\n');
  };
  const offline = async (question: string): Promise<string> => {
    const { draft } = await answerOffline(question, scene, null);
    for (const { cites } of draft.sentences) {
      for (const id of cites) {
        shown.add(id);
      }
    }
    return draft.sentences
      .map(({ text, cites }) => {
        const safe = cites.some((id) => scene.byId.get(id)?.kind === 'speech')
          ? `<<<${boundary}\n${text.replaceAll(boundary, '').replaceAll(' ', SPACE_MARK)}\n${boundary}>>>`
          : text;
        return cites.length === 0 ? safe : `${safe} [${cites.join(', ')}]`;
      })
      .join('\n')
      .slice(0, RESULT_CHARACTERS);
  };
  const tools: StructuredToolInterface[] = [
    tool(
      ({ person: who, fromSeconds, toSeconds, kind }) => {
        const range = rangeOf(fromSeconds, toSeconds);
        if (!step(`looks at ${kind ?? 'the observations'}${who === undefined ? '' : ` of ${who}`}${when(range)}`)) {
          return SPENT;
        }
        const found = scene.analysis.observations.filter(
          (each) =>
            (who === undefined || each.subject === who || each.subject === null) &&
            (kind === undefined || each.kind === kind) &&
            touches(scene, each, range),
        );
        return listed(found);
      },
      {
        name: 'observations',
        description: 'The numbered observations, by person, time and kind.',
        schema: z.object({ person, fromSeconds: seconds, toSeconds: seconds, kind: z.enum(KINDS).optional() }),
      },
    ),
    tool(
      ({ person: who, firstSeconds, secondSeconds }) => {
        if (!step(`compares ${firstSeconds} s and ${secondSeconds} s`)) {
          return SPENT;
        }
        return offline(
          `compare ${firstSeconds} seconds and ${secondSeconds} seconds${who === undefined ? '' : ` for ${who}`}`,
        );
      },
      {
        name: 'compare_moments',
        description: 'What one moment has that another has not.',
        schema: z.object({ person, firstSeconds: z.number().min(0), secondSeconds: z.number().min(0) }),
      },
    ),
    tool(
      ({ fromSeconds, toSeconds }) => {
        const range = rangeOf(fromSeconds, toSeconds);
        if (!step(`reads the transcript${when(range)}`)) {
          return SPENT;
        }
        return listed(observationsOf(scene, 'speech', undefined, range));
      },
      {
        name: 'transcript',
        description: 'What was said, verbatim, with times.',
        schema: z.object({ fromSeconds: seconds, toSeconds: seconds }),
      },
    ),
  ];
  if (scene.mayInfer) {
    tools.push(
      tool(
        async ({ person: who, fromSeconds, toSeconds }) => {
          const range = rangeOf(fromSeconds, toSeconds);
          if (!step(`reads the face by the tables of FACS${when(range)}`)) {
            return SPENT;
          }
          const explanation = await scene.explain(
            who ?? scene.people[0]?.id ?? null,
            fromSeconds === undefined && toSeconds === undefined ? scene.whole : range,
          );
          if (explanation === null) {
            return 'Nobody can be read there.';
          }
          const sentences = [
            explanation.conclusion,
            ...explanation.keyObservations,
            ...explanation.interpretation,
            ...explanation.conflicts,
          ];
          for (const { cites } of sentences) {
            for (const id of cites) {
              shown.add(id);
            }
          }
          return sentences
            .filter(({ cites }) => !cites.some((id) => scene.byId.get(id)?.kind === 'speech'))
            .map(({ text, cites }) => `${text} [${cites.join(', ')}]`)
            .join('\n')
            .slice(0, RESULT_CHARACTERS);
        },
        {
          name: 'facs_reading',
          description: 'How the FACS tables read one person over a time, with the evidence.',
          schema: z.object({ person, fromSeconds: seconds, toSeconds: seconds }),
        },
      ),
      tool(
        ({ ids }) => {
          if (!step(`reasons again without ${ids.join(', ')}`)) {
            return SPENT;
          }
          return offline(`what if ${ids.join(' and ')} were absent?`);
        },
        {
          name: 'what_if_absent',
          description: 'How it would read if these observations were not there.',
          schema: z.object({
            ids: z
              .array(z.string().regex(/^o\d+$/))
              .min(1)
              .max(6),
          }),
        },
      ),
    );
  }
  const { remeasure, look } = ports;
  if (remeasure !== undefined && !scene.timeless) {
    tools.push(
      tool(
        async ({ fromSeconds, toSeconds }) => {
          const range = rangeOf(fromSeconds, toSeconds);
          if (!step(`measures again at the full rate${when(range)}`)) {
            return SPENT;
          }
          const found = await remeasure(range, signal);
          added.push(...found.filter(({ id }) => !added.some((each) => each.id === id)));
          return listed(found);
        },
        {
          name: 'measure_again',
          description: 'Measures a short time again, every frame of it. Slow.',
          schema: z.object({ fromSeconds: z.number().min(0), toSeconds: z.number().min(0) }),
        },
      ),
    );
  }
  if (look !== undefined) {
    tools.push(
      tool(
        async ({ person: who, atSeconds }) => {
          if (!step(`looks at a picture of ${who} at ${atSeconds} s`)) {
            return SPENT;
          }
          const seen = await look({ subject: who, ms: Math.round(atSeconds * 1000) }, signal);
          return seen === null
            ? 'There is no picture of that person at that time.'
            : `A picture model's words, not a measurement; they have no id and cannot be cited:\n<<<${boundary}\n${markedText(seen.words.replaceAll(boundary, ''), 1_500)}\n${boundary}>>>`;
        },
        {
          name: 'look_at_frame',
          description: 'A picture of one face, described.',
          schema: z.object({ person: z.string().regex(/^P\d+$/), atSeconds: z.number().min(0) }),
        },
      ),
    );
  }
  if (tools.length === 0) {
    throw new WhyfaceError({ code: 'internal', stage: 'reason', message: 'The agent has no tools.' });
  }
  return { tools, shown, added };
};
