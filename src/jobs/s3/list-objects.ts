import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import { WhyfaceError } from '../../kit/error.ts';

/** What S3 answers to a listing (ListObjectsV2). Numbers arrive as text. */
const listing = z.object({
  ListBucketResult: z.object({
    IsTruncated: z.string(),
    NextContinuationToken: z.string().optional(),
    Contents: z.array(z.object({ Key: z.string(), Size: z.coerce.number().int().nonnegative() })).default([]),
  }),
});

export type ListedObject = {
  /** Below the store's own folder. */
  key: string;
  size: number;
};

const parser = new XMLParser({ parseTagValue: false, isArray: (name) => name === 'Contents', processEntities: true });

/**
 * All objects whose key begins with `prefix`.
 *
 * @throws WhyfaceError `service-unavailable` where the answer is no listing
 */
export const listObjects = async (options: {
  base: string;
  prefix: string;
  call: (address: string) => Promise<Response>;
}): Promise<ListedObject[]> => {
  // The address names the bucket first, then a folder of ours in it.
  const { origin, pathname } = new URL(options.base);
  const [bucket = '', ...folders] = pathname.split('/').filter((part) => part !== '');
  const folder = folders.length === 0 ? '' : `${folders.join('/')}/`;
  const objects: ListedObject[] = [];
  let token: string | undefined;
  do {
    const query = new URLSearchParams({ 'list-type': '2', prefix: `${folder}${options.prefix}` });
    if (token !== undefined) {
      query.set('continuation-token', token);
    }
    const response = await options.call(`${origin}/${bucket}?${query}`);
    const result = listing.safeParse(response.ok ? parser.parse(await response.text()) : null);
    if (!result.success) {
      throw new WhyfaceError({
        code: 'service-unavailable',
        stage: 'jobs',
        message: `The storage of WHYFACE_S3_BUCKET does not list its objects (status ${response.status}).`,
        retryable: true,
        cause: result.error,
      });
    }
    const { Contents, IsTruncated, NextContinuationToken } = result.data.ListBucketResult;
    objects.push(...Contents.map(({ Key, Size }) => ({ key: Key.slice(folder.length), size: Size })));
    token = IsTruncated === 'true' ? NextContinuationToken : undefined;
  } while (token !== undefined);
  return objects;
};
