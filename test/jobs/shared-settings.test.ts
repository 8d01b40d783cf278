import { describe, expect, it } from 'vitest';
import { readSharedSettings } from '../../src/jobs/shared-settings.ts';
import { WhyfaceError } from '../../src/kit/error.ts';

describe('what machines share', () => {
  it('is nothing without Redis', () => {
    expect(readSharedSettings({}, '/data')).toBeNull();
    expect(readSharedSettings({ WHYFACE_REDIS_URL: '' }, '/data')).toBeNull();
  });

  it('is the data folder, another one, or a bucket', () => {
    const env = { WHYFACE_REDIS_URL: 'redis://host:6379' };
    expect(readSharedSettings(env, '/data')?.blobs).toEqual({ kind: 'folder', folder: '/data/blobs' });
    const elsewhere = { ...env, WHYFACE_BLOBS_DIR: '/mnt/blobs' };
    expect(readSharedSettings(elsewhere, '/data')?.blobs).toEqual({ kind: 'folder', folder: '/mnt/blobs' });
    const bucket = {
      ...env,
      WHYFACE_S3_BUCKET: 'https://s3.example.org/whyface',
      AWS_ACCESS_KEY_ID: 'id',
      AWS_SECRET_ACCESS_KEY: 'key',
    };
    expect(readSharedSettings(bucket, '/data')?.blobs).toMatchObject({ kind: 's3', region: 'us-east-1' });
  });

  it('S9 tells all problems at once, and repeats no secret', () => {
    const env = { WHYFACE_REDIS_URL: 'http://user:secret@host', WHYFACE_S3_BUCKET: 'https://s3.example.org/b' };
    let thrown: unknown;
    try {
      readSharedSettings(env, '/data');
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ code: 'config-invalid' });
    const { message } = WhyfaceError.isInstance(thrown) ? thrown : { message: '' };
    expect(message).toContain('WHYFACE_REDIS_URL');
    expect(message).toContain('AWS_ACCESS_KEY_ID');
    expect(message).toContain('AWS_SECRET_ACCESS_KEY');
    expect(message).not.toContain('secret@');
  });
});
