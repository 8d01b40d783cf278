/** `AnalysisService` over the ports. No node imports: the edge brings other ports. */

import {
  type AccessScope,
  type AnalysisOptions,
  type AnalysisResource,
  analysisOptions,
  type Client,
  type Explanation,
  explainOptions,
  isEnded,
  type Job,
  type Still,
} from '../contracts/index.ts';
import { WhyfaceError } from '../kit/error.ts';
import { errorOfJob, iso, jobWithoutQueue, resourceFrom } from './analysis-resource.ts';
import type { AnalysisService, Received } from './analysis-service.ts';
import { type Brought, createBringIn, type Intake, type PerceptsStore } from './bring-in.ts';
import { canonicalJson, sha256Hex } from './canonical.ts';
import { blobKeys } from './keys.ts';
import type { AnalysisRecord, AnalysisStore, BlobStore, JobQueue } from './ports.ts';
import { effectivePurpose } from './purpose-of.ts';
import { createReasoningBound } from './reasoning-bound.ts';
import type { Steps } from './steps.ts';

export type AnalysisServiceOptions = {
  store: AnalysisStore;
  blobs: BlobStore;
  queue: JobQueue;
  steps: Pick<Steps, 'check' | 'explain' | 'refuses'>;
  intake: Intake;
  percepts: PerceptsStore;
  /** Of whyface; part of the identity of results. */
  version: string;
  now: () => number;
  /** Kept until deleted; else until nobody asked for it for `idleMs`. */
  keep: boolean;
  idleMs: number;
  deadlineMs: number;
  /** Most jobs of a client at once; `undefined`: the queue's default. */
  concurrencyOf: (client: Client) => number | undefined;
  /** Whether a request may ask that pictures of faces go to a model elsewhere. */
  allowRemoteFrames: boolean;
};

/** Idle time is counted in minutes: to write it down more often would make every reading a writing. */
const TOUCH_MS = 20_000;

const notFound = (id: string): WhyfaceError =>
  new WhyfaceError({
    code: 'not-found',
    stage: 'jobs',
    message: `There is no analysis ${id.slice(0, 64)}; it was deleted, has expired, or never was.`,
  });

export const createAnalysisService = (options: AnalysisServiceOptions): AnalysisService => {
  const { store, blobs, queue, steps, now } = options;
  /** How many wait for an analysis in this process, and which somebody may come back for. */
  const waiting = new Map<string, number>();
  const expected = new Set<string>();

  const atOnce = createReasoningBound();

  const requireScope = async (client: Client, scope: AccessScope): Promise<void> => {
    if (!client.scopes.includes(scope) && !client.scopes.includes('admin')) {
      await audit(client, 'refuse', null, { scope });
      throw new WhyfaceError({
        code: 'forbidden',
        stage: 'config',
        message: `This key may not do that: it lacks the scope "${scope}".`,
      });
    }
  };

  const assertFramesMayLeave = ({ allowRemoteFrames }: Pick<AnalysisOptions, 'allowRemoteFrames'>): void => {
    if (allowRemoteFrames && !options.allowRemoteFrames) {
      throw new WhyfaceError({
        code: 'forbidden',
        stage: 'config',
        message: 'This server sends no pictures of faces elsewhere; leave allowRemoteFrames out.',
        details: { param: 'allowRemoteFrames' },
      });
    }
  };

  const audit = (
    client: Client,
    action: Parameters<AnalysisStore['audit']>[0]['action'],
    subject: string | null,
    detail: Parameters<AnalysisStore['audit']>[0]['detail'] = {},
  ): Promise<void> => store.audit({ at: now(), client: client.id, action, subject, detail });

  const recordFor = async (client: Client, id: string): Promise<AnalysisRecord> => {
    await requireScope(client, 'read');
    const record = await store.find(id, client.scopes.includes('admin') ? null : client.id);
    if (record === null) {
      throw notFound(id);
    }
    if (now() - record.touchedAt > TOUCH_MS) {
      await store.touch(record.id, now());
    }
    return record;
  };

  const jobFor = async (record: AnalysisRecord): Promise<Job> =>
    (await queue.get(record.id)) ?? jobWithoutQueue(record);

  const resourceOf = (record: AnalysisRecord, job: Job): AnalysisResource => resourceFrom(record, job, options.idleMs);

  const current = async (id: string): Promise<AnalysisResource> => {
    const record = await store.find(id, null);
    if (record === null) {
      throw notFound(id);
    }
    return resourceOf(record, await jobFor(record));
  };

  /** Waits as one of those for whom the job runs. When the last of them goes, so does the job. */
  const waitAsReason = async (id: string, waitMs: number, signal: AbortSignal | undefined): Promise<void> => {
    if (waitMs <= 0) {
      expected.add(id);
      return;
    }
    waiting.set(id, (waiting.get(id) ?? 0) + 1);
    const never = new AbortController();
    try {
      const ended = await queue.ended(id, { timeoutMs: waitMs, signal: signal ?? never.signal });
      if (ended === null && signal?.aborted !== true) {
        // It will be answered 202: somebody may come back.
        expected.add(id);
      }
    } finally {
      const left = (waiting.get(id) ?? 1) - 1;
      if (left > 0) {
        waiting.set(id, left);
      } else {
        waiting.delete(id);
        if (signal?.aborted === true && !expected.has(id)) {
          await queue.cancel(id);
        }
      }
    }
  };

  const { bring, place } = createBringIn(options);

  const submit: AnalysisService['submit'] = async (client, source, request) => {
    const temporary: Received[] =
      source.kind === 'upload' ? [source.upload, ...(source.transcript === null ? [] : [source.transcript])] : [];
    try {
      await requireScope(client, 'analyse');
      const asked = analysisOptions.parse(request.options);
      assertFramesMayLeave(asked);
      const purpose = effectivePurpose(client.purpose, asked.purpose, steps.refuses);
      const chosen: AnalysisOptions = { ...asked, purpose };
      if (steps.refuses(purpose) && chosen.explain) {
        await audit(client, 'refuse', null, { purpose });
      }
      if (chosen.explain && !steps.refuses(purpose)) {
        steps.check?.(chosen.reasoner);
      }
      const brought = await bring(source, request.signal, temporary);
      const digest = await sha256Hex(
        canonicalJson({
          owner: client.id,
          kind: brought.kind,
          clip: brought.digest,
          words: brought.transcript?.digest ?? null,
          options: chosen,
          version: options.version,
        }),
      );
      const id = `an_${digest.slice(0, 24)}`;
      const { record, created } = await store.create({
        id,
        owner: client.id,
        input: brought.name,
        clipDigest: brought.digest,
        clipBytes: brought.bytes,
        options: chosen,
        createdAt: now(),
        keep: options.keep,
      });
      await store.touch(id, now());
      const known = await queue.get(id);
      const running = known !== null && !isEnded(known.status);
      if (record.analysis === null || running) {
        await start(client, id, brought, chosen, request.priority ?? 'normal', created);
        await audit(client, 'analyse', id, {
          purpose,
          explain: chosen.explain,
          reasoner: chosen.reasoner,
          again: !created,
        });
        await waitAsReason(id, request.waitMs, request.signal);
      }
      const resource = await current(id);
      const error = isEnded(resource.job.status) ? errorOfJob(resource.job) : null;
      if (isEnded(resource.job.status)) {
        await removeClip(id);
      }
      if (error !== null) {
        throw error;
      }
      return { resource, created };
    } finally {
      await Promise.all(temporary.map((file) => file.discard()));
    }
  };

  const start = async (
    client: Client,
    id: string,
    brought: Brought,
    chosen: AnalysisOptions,
    priority: 'low' | 'normal' | 'high',
    created: boolean,
  ): Promise<void> => {
    try {
      const source = await place(id, brought);
      const job = await queue.enqueue({
        payload: { id, owner: client.id, name: brought.name ?? 'the clip', source, options: chosen },
        priority,
        deadlineMs: options.deadlineMs,
        concurrency: options.concurrencyOf(client),
      });
      if (isEnded(job.status)) {
        // It ended while this upload came in: what was just placed is not needed.
        await removeClip(id);
      }
    } catch (thrown) {
      if (created && (await queue.get(id)) === null) {
        await blobs.remove(id);
        await store.remove(id);
      }
      throw thrown;
    }
  };

  const removeClip = async (id: string): Promise<void> => {
    const keys = blobKeys(id);
    await blobs.remove(keys.clip);
    await blobs.remove(keys.transcript);
  };

  const stillsOf = async ({ stills }: AnalysisRecord): Promise<Still[]> => {
    const held = await Promise.all(
      stills.map(async ({ key, ...still }) => {
        const jpeg = await blobs.get(key);
        return jpeg === null ? [] : [{ ...still, jpeg }];
      }),
    );
    return held.flat();
  };

  const finished = async (client: Client, id: string): Promise<AnalysisRecord> => {
    const record = await recordFor(client, id);
    if (record.analysis !== null) {
      return record;
    }
    const job = await jobFor(record);
    throw (
      (isEnded(job.status) ? errorOfJob(job) : null) ??
      new WhyfaceError({
        code: 'not-ready',
        stage: 'jobs',
        message: `The analysis ${record.id} is not finished; follow /v1/analyses/${record.id}/events.`,
        retryable: true,
        details: { retryAfterSeconds: 2 },
      })
    );
  };

  return {
    submit,
    get: async (client, id) => {
      const record = await recordFor(client, id);
      return resourceOf(record, await jobFor(record));
    },
    list: async (client, page) => {
      await requireScope(client, 'read');
      const records = await store.list(client.scopes.includes('admin') ? null : client.id, page);
      return Promise.all(records.map(async (record) => resourceOf(record, await jobFor(record))));
    },
    wait: async (client, id, { timeoutMs, signal }) => {
      const record = await recordFor(client, id);
      await queue.ended(record.id, { timeoutMs, signal });
      return current(record.id);
    },
    analysis: async (client, id) => {
      const { analysis } = await finished(client, id);
      if (analysis === null) {
        throw notFound(id);
      }
      return analysis;
    },
    percepts: async (client, id) => {
      const record = await finished(client, id);
      const percepts = await options.percepts.read(record.id);
      if (percepts === null) {
        throw new WhyfaceError({
          code: 'not-found',
          stage: 'jobs',
          message: 'There are no percepts for this analysis: it was brought as observations.',
        });
      }
      return percepts;
    },
    events: async (client, id, { after, signal }) => {
      const record = await recordFor(client, id);
      expected.add(record.id);
      return queue.events(record.id, { after, signal });
    },
    explain: async (client, id, request, { signal }) => {
      const record = await finished(client, id);
      const { analysis } = record;
      if (analysis === null) {
        throw notFound(id);
      }
      const asked = explainOptions.parse(request);
      assertFramesMayLeave(asked);
      const purpose = effectivePurpose(
        effectivePurpose(client.purpose, record.options.purpose, steps.refuses),
        asked.purpose,
        steps.refuses,
      );
      if (steps.refuses(purpose)) {
        await audit(client, 'refuse', record.id, { purpose });
      }
      const chosen = { ...asked, purpose };
      const key = await sha256Hex(canonicalJson({ ...chosen, version: options.version }));
      const before = await store.findExplanations(record.id, key);
      if (before !== null && !steps.refuses(purpose)) {
        return before;
      }
      const made = await atOnce(
        client,
        async (): Promise<Explanation[]> =>
          steps.explain(analysis, chosen, {
            signal,
            percepts: await options.percepts.read(record.id),
            path: null,
            stills: await stillsOf(record),
          }),
      );
      await audit(client, 'explain', record.id, { purpose, reasoner: chosen.reasoner });
      // A stand-in's answer is not kept: the next to ask may find the reasoner that was meant.
      if (made.some(({ reasoner }) => reasoner.fallback)) {
        return made;
      }
      await store.addExplanations(record.id, key, made);
      return (await store.findExplanations(record.id, key)) ?? made;
    },
    stills: async (client, id) => stillsOf(await recordFor(client, id)),
    still: async (client, id, subject, ms) => {
      const record = await finished(client, id);
      const reference = record.stills.find((still) => still.subject === subject && still.ms === ms);
      const bytes = reference === undefined ? null : await blobs.get(reference.key);
      if (bytes === null) {
        throw new WhyfaceError({
          code: 'not-found',
          stage: 'jobs',
          message:
            'There is no such picture. Pictures are kept only where the analysis was asked for with stills=true; the clip itself is gone.',
        });
      }
      return bytes;
    },
    job: async (client, id) => jobFor(await recordFor(client, id)),
    cancel: async (client, id) => {
      await requireScope(client, 'analyse');
      const record = await recordFor(client, id);
      if (await queue.cancel(record.id)) {
        const never = new AbortController();
        await queue.ended(record.id, { timeoutMs: 5_000, signal: never.signal });
        await removeClip(record.id);
      }
      return jobFor(record);
    },
    remove: async (client, id) => {
      await requireScope(client, 'analyse');
      const record = await recordFor(client, id);
      return { ...(await erase(record)), ...(await receipt(client, record)) };
    },
    export: async (client, id) => {
      const record = await recordFor(client, id);
      const job = await jobFor(record);
      const stop = new AbortController();
      const events: Array<{ id: number; event: unknown }> = [];
      const told = queue.events(record.id, { after: 0, signal: stop.signal });
      if (isEnded(job.status)) {
        for await (const event of told) {
          events.push(event);
        }
      }
      const stills = await Promise.all(
        record.stills.map(async ({ subject, ms, key }) => ({
          subject,
          ms,
          jpegBase64: base64(await blobs.get(key)),
        })),
      );
      const held = await blobs.size(blobKeys(record.id).clip);
      await audit(client, 'export', record.id);
      return {
        object: 'export',
        resource: resourceOf(record, job),
        percepts: await options.percepts.read(record.id),
        events,
        stills,
        corrections: await store.corrections(record.id),
        clip: { bytes: record.clipBytes, held: held !== null },
        audit: (await store.auditOf(record.id)).map(({ at, action, client: who }) => ({
          at: iso(at),
          action,
          client: who,
        })),
        at: iso(now()),
      };
    },
    correct: async (client, id, value) => {
      await requireScope(client, 'analyse');
      const record = await recordFor(client, id);
      await audit(client, 'correct', record.id);
      return store.addCorrection(record.id, { at: now(), client: client.id, value });
    },
    corrections: async (client, id) => store.corrections((await recordFor(client, id)).id),
    audit: (entry) => store.audit({ at: now(), ...entry }),
    expire: async (signal) => {
      const ids = await store.idle(now() - options.idleMs);
      for (const id of ids) {
        const job = await queue.get(id);
        if (signal.aborted || (job !== null && !isEnded(job.status))) {
          continue;
        }
        const record = await store.find(id, null);
        if (record !== null) {
          await erase(record);
          await store.audit({ at: now(), client: 'whyface', action: 'expire', subject: id, detail: {} });
        }
      }
      // What a crash left: files of analyses that are over, or of none.
      for (const owner of await blobs.owners()) {
        const [record, job] = [await store.find(owner, null), await queue.get(owner)];
        if (record === null && job === null) {
          await blobs.remove(owner);
        } else if (job === null || isEnded(job.status)) {
          await removeClip(owner);
        }
      }
    },
  };

  async function erase(record: AnalysisRecord): Promise<{
    removed: { records: number; files: number; bytes: number };
    cancelledJob: boolean;
  }> {
    const { id } = record;
    const cancelledJob = await queue.cancel(id);
    if (cancelledJob) {
      const never = new AbortController();
      await queue.ended(id, { timeoutMs: 5_000, signal: never.signal });
    }
    const records = (await queue.purge(id)) + (await store.remove(id));
    const { files, bytes } = await blobs.remove(id);
    expected.delete(id);
    return { removed: { records, files, bytes }, cancelledJob };
  }

  async function receipt(client: Client, record: AnalysisRecord) {
    await audit(client, 'delete', record.id);
    return {
      object: 'deletion-receipt' as const,
      id: record.id,
      deleted: true as const,
      clipDigest: record.clipDigest,
      at: iso(now()),
    };
  }
};

const base64 = (bytes: Uint8Array | null): string => {
  let text = '';
  for (const byte of bytes ?? []) {
    text += String.fromCharCode(byte);
  }
  return btoa(text);
};
