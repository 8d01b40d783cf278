import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const EXAMPLE = fileURLToPath(new URL('../../examples/clip.mp4', import.meta.url));

/** Clips that differ by a few bytes after their end, which no decoder reads: as many jobs of the same size. */
export const clips = (count: number): Uint8Array[] => {
  const clip = readFileSync(EXAMPLE);
  return Array.from({ length: count }, (_, index) => {
    // A `free` box: legal anywhere at the top of an MP4 file.
    const box = Buffer.alloc(16);
    box.writeUInt32BE(16, 0);
    box.write('free', 4, 'latin1');
    box.writeUInt32BE(index, 8);
    return Buffer.concat([clip, box]);
  });
};

const resource = z.object({
  id: z.string(),
  job: z.object({ status: z.string(), attempt: z.number() }),
  analysis: z.object({ observations: z.array(z.unknown()) }).nullable(),
  explanations: z.array(z.unknown()),
});
export type Resource = z.infer<typeof resource>;

export const submit = async (address: string, clip: Uint8Array, fps: number): Promise<string> => {
  const response = await fetch(`${address}/v1/analyses?wait=0&fps=${fps}`, {
    method: 'POST',
    headers: { 'content-type': 'video/mp4' },
    body: new Uint8Array(clip),
  });
  if (!response.ok) {
    throw new Error(`submit: ${response.status} ${await response.text()}`);
  }
  return resource.parse(await response.json()).id;
};

/** Waits for the end of a job, over whatever the service goes through meanwhile. */
export const endOf = async (address: string, id: string): Promise<Resource> => {
  for (;;) {
    const response = await fetch(`${address}/v1/analyses/${id}`).catch(() => null);
    if (response?.ok === true) {
      const found = resource.parse(await response.json());
      if (['succeeded', 'failed', 'cancelled'].includes(found.job.status)) {
        return found;
      }
    } else {
      await response?.body?.cancel();
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
};

export const endsTold = async (address: string, id: string): Promise<number> => {
  const text = await (await fetch(`${address}/v1/analyses/${id}/events`)).text();
  return (text.match(/^event: job-end$/gm) ?? []).length;
};
