import { z } from 'zod';
import {
  type Analysis,
  correctionEntry,
  explainOptions,
  explanationsResponse,
  percepts,
} from '../../../contracts/index.ts';
import { analysisResource } from '../../../contracts/service.ts';
import { WhyfaceError } from '../../../kit/error.ts';
import { correctedAnalysis } from '../../../pipeline/corrected-analysis.ts';
import { mergedSubjects } from '../../../pipeline/merged-subjects.ts';
import { explainAnalysis } from '../../../pipeline/text-side.ts';
import { createFacsReasoner } from '../../../reason/facs/index.ts';
import type { WorkerCall, WorkerCalls, WorkerRequest } from './protocol.ts';
import { tracksOf } from './tracks-of.ts';

/** What the service keeps may be of another program: what is no correction is passed over. */
const keptCorrections = z.object({ data: z.array(z.object({ value: z.unknown() })) });

export type Answerer = (request: WorkerRequest) => Promise<WorkerCalls[WorkerCall]['answer']>;

/** Answers the page's calls; keeps the open analysis between them. */
export const createAnswerer = (): Answerer => {
  let measured: Analysis | null = null;
  let open: Analysis | null = null;
  const reasoner = createFacsReasoner();
  return async (request) => {
    switch (request.call) {
      case 'parse-resource':
        return analysisResource.parse(JSON.parse(request.ask.json));
      case 'parse-explanations':
        return explanationsResponse.parse(JSON.parse(request.ask.json)).data;
      case 'parse-percepts':
        return tracksOf(percepts.parse(JSON.parse(new TextDecoder().decode(request.ask.bytes))));
      case 'open-analysis':
        measured = request.ask.analysis;
        open = measured;
        return null;
      case 'revise':
        if (measured === null) {
          throw noClip();
        }
        open = correctedAnalysis(mergedSubjects(measured, request.ask.merges), request.ask.corrections);
        return open;
      case 'parse-corrections':
        return keptCorrections
          .parse(JSON.parse(request.ask.json))
          .data.flatMap(({ value }) => correctionEntry.safeParse(value).data ?? []);
      case 'explain': {
        const { subject, range, without, asMeasured = false } = request.ask;
        const about = asMeasured ? measured : open;
        if (about === null) {
          throw noClip();
        }
        const [explanation] = await explainAnalysis(
          remaining(about, new Set(without)),
          explainOptions.parse({
            ...(subject === null ? {} : { subject }),
            ...(range === null ? {} : { fromMs: range.startMs, toMs: range.endMs }),
          }),
          { reasoner },
        );
        if (explanation === undefined) {
          throw new WhyfaceError({
            code: 'nothing-to-read',
            stage: 'reason',
            message: 'There is nothing to read here: no face and no voice was measured in this stretch.',
          });
        }
        return explanation;
      }
    }
  };
};

const noClip = (): WhyfaceError => new WhyfaceError({ code: 'usage', stage: 'present', message: 'No clip is open.' });

/** The analysis as if some of it had not been observed. Ids stay, so that citations still hold. */
const remaining = (analysis: Analysis, without: ReadonlySet<string>): Analysis =>
  without.size === 0
    ? analysis
    : { ...analysis, observations: analysis.observations.filter(({ id }) => !without.has(id)) };
