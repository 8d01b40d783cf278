import { join, resolve } from 'node:path';
import { z } from 'zod';
import { WhyfaceError } from '../kit/error.ts';

const filled = (value: unknown): unknown => (value === '' ? undefined : value);

const variables = z
  .object({
    WHYFACE_REDIS_URL: z.preprocess(
      filled,
      z.url({ protocol: /^rediss?$/, error: 'must be an address such as redis://host:6379' }).optional(),
    ),
    WHYFACE_BLOBS_DIR: z.preprocess(filled, z.string().optional()),
    WHYFACE_S3_BUCKET: z.preprocess(
      filled,
      z
        .url({ protocol: /^https?$/, error: 'must be the address of a bucket such as https://s3.example.org/whyface' })
        .optional(),
    ),
    AWS_ACCESS_KEY_ID: z.preprocess(filled, z.string().optional()),
    AWS_SECRET_ACCESS_KEY: z.preprocess(filled, z.string().optional()),
    AWS_REGION: z.preprocess(filled, z.string().default('us-east-1')),
  })
  .superRefine((given, context) => {
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'] as const) {
      if (given.WHYFACE_S3_BUCKET !== undefined && given[name] === undefined) {
        context.addIssue({ code: 'custom', path: [name], message: 'is needed with WHYFACE_S3_BUCKET' });
      }
    }
  });

/** Where the blobs of several machines lie. */
export type BlobPlace =
  | { kind: 'folder'; folder: string }
  | { kind: 's3'; bucket: string; accessKeyId: string; secretAccessKey: string; region: string };

/** What machines share; `null` where one machine works alone. */
export type SharedSettings = { redisUrl: string; blobs: BlobPlace };

/**
 * From the environment. Without another place, blobs lie in the data folder, which must then be on a shared disk.
 *
 * @throws WhyfaceError `config-invalid` with all problems at once; values, which may be secrets, are not repeated
 */
export const readSharedSettings = (
  env: Readonly<Record<string, string | undefined>>,
  dataDir: string,
): SharedSettings | null => {
  const result = variables.safeParse(env);
  if (!result.success) {
    const problems = result.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
    throw new WhyfaceError({
      code: 'config-invalid',
      stage: 'config',
      message: `The environment cannot be used:\n  ${problems.join('\n  ')}`,
      details: { problems },
    });
  }
  const given = result.data;
  if (given.WHYFACE_REDIS_URL === undefined) {
    return null;
  }
  const folder = resolve(given.WHYFACE_BLOBS_DIR ?? join(dataDir, 'blobs'));
  return {
    redisUrl: given.WHYFACE_REDIS_URL,
    blobs:
      given.WHYFACE_S3_BUCKET === undefined
        ? { kind: 'folder', folder }
        : {
            kind: 's3',
            bucket: given.WHYFACE_S3_BUCKET,
            accessKeyId: given.AWS_ACCESS_KEY_ID ?? '',
            secretAccessKey: given.AWS_SECRET_ACCESS_KEY ?? '',
            region: given.AWS_REGION,
          },
  };
};
