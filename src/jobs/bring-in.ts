/** What came in: received, hashed, and put where the job will look for it. */
import type { Percepts } from '../contracts/index.ts';
import { WhyfaceError } from '../kit/error.ts';
import type { Received, SubmitSource } from './analysis-service.ts';
import { canonicalJson, sha256Hex } from './canonical.ts';
import { blobKeys } from './keys.ts';
import type { BlobStore, JobSource } from './ports.ts';

/** Brings in what is not an upload: bytes in memory, web addresses. `null`s where a server has no such way in. */
export type Intake = {
  bytes: ((bytes: Uint8Array, name: string | null) => Promise<Received>) | null;
  /** Through the guarded fetch. */
  url: ((url: string, signal: AbortSignal | undefined) => Promise<Received>) | null;
};

export type PerceptsStore = {
  write(id: string, percepts: Percepts): Promise<void>;
  read(id: string): Promise<Percepts | null>;
};

/** What came in, with its digest, before it is stored. */
export type Brought = {
  kind: JobSource['kind'];
  digest: string;
  bytes: number;
  name: string | null;
  clip: Received | null;
  transcript: Received | null;
  text: string | null;
  percepts: Percepts | null;
};

export type BringIn = {
  /** Files that it receives are added to `temporary`, for whoever asked to discard. */
  bring(source: SubmitSource, signal: AbortSignal | undefined, temporary: Received[]): Promise<Brought>;
  place(id: string, brought: Brought): Promise<JobSource>;
};

export const createBringIn = (options: { intake: Intake; blobs: BlobStore; percepts: PerceptsStore }): BringIn => {
  const { intake, blobs } = options;

  const bring = async (
    source: SubmitSource,
    signal: AbortSignal | undefined,
    temporary: Received[],
  ): Promise<Brought> => {
    const nothing = { clip: null, transcript: null, text: null, percepts: null, name: null };
    if (source.kind === 'percepts' || source.kind === 'analysis') {
      const value = source.kind === 'percepts' ? source.percepts : { ...source.analysis, timings: {} };
      const text = canonicalJson(value);
      const digest = await sha256Hex(text);
      const percepts = source.kind === 'percepts' ? source.percepts : null;
      return { ...nothing, kind: source.kind, digest, bytes: text.length, text, percepts };
    }
    const clip = await receiveClip(source, signal);
    temporary.push(clip);
    let transcript = source.kind === 'upload' ? source.transcript : null;
    if (source.kind === 'url' && source.transcript !== null && intake.bytes !== null) {
      transcript = await intake.bytes(new TextEncoder().encode(source.transcript), 'transcript');
      temporary.push(transcript);
    }
    return { ...nothing, kind: 'clip', digest: clip.digest, bytes: clip.bytes, name: clip.name, clip, transcript };
  };

  const receiveClip = async (
    source: Extract<SubmitSource, { kind: 'upload' | 'url' | 'bytes' }>,
    signal: AbortSignal | undefined,
  ): Promise<Received> => {
    switch (source.kind) {
      case 'upload':
        return source.upload;
      case 'url':
        if (intake.url === null) {
          throw new WhyfaceError({
            code: 'url-refused',
            stage: 'input',
            message: 'This server fetches nothing from web addresses; send the file itself.',
          });
        }
        return intake.url(source.url, signal);
      case 'bytes':
        if (intake.bytes === null) {
          throw new WhyfaceError({
            code: 'media-unsupported',
            stage: 'input',
            message: 'This server reads no media; send measurements instead.',
          });
        }
        return intake.bytes(source.bytes, source.name);
    }
  };

  const place = async (id: string, brought: Brought): Promise<JobSource> => {
    const keys = blobKeys(id);
    if (brought.percepts !== null) {
      await options.percepts.write(id, brought.percepts);
      return { kind: 'percepts', percepts: keys.percepts };
    }
    if (brought.text !== null) {
      await blobs.put(keys.analysis, new TextEncoder().encode(brought.text));
      return { kind: 'analysis', analysis: keys.analysis };
    }
    if (brought.transcript !== null) {
      await blobs.adopt(keys.transcript, brought.transcript);
    }
    if (brought.clip !== null) {
      await blobs.adopt(keys.clip, brought.clip);
    }
    return {
      kind: 'clip',
      clip: keys.clip,
      transcript:
        brought.transcript === null ? null : { key: keys.transcript, name: brought.transcript.name ?? 'transcript' },
    };
  };

  return { bring, place };
};
