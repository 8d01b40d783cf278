import { expect, it } from 'vitest';
import { explainOptions } from '../../src/contracts/index.ts';
import { explainAnalysis } from '../../src/pipeline/text-side.ts';
import { createFacsReasoner } from '../../src/reason/facs/index.ts';
import { analysisOf, present } from '../support/analysis.ts';

const explainFrom = (durationMs: number, fromMs: number) =>
  explainAnalysis(analysisOf(present('AU12'), { durationMs }), explainOptions.parse({ fromMs }), {
    reasoner: createFacsReasoner(),
  });

it('says why a range cannot be read: a picture has no times, and a clip has an end', async () => {
  await expect(explainFrom(0, 5000)).rejects.toMatchObject({
    code: 'usage',
    message: expect.stringMatching(/picture has no times/),
  });
  await expect(explainFrom(6000, 99_000)).rejects.toMatchObject({
    code: 'usage',
    message: 'The range begins at 99 s, and the clip lasts 6 s; name a range within it.',
  });
});
