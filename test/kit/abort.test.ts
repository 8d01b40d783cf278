import { describe, expect, it } from 'vitest';
import { createBreather, throwIfAborted } from '../../src/kit/abort.ts';

describe('createBreather', () => {
  it('lets an abort from a timer stop a loop that would otherwise never yield', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 5);
    const breathe = createBreather(controller.signal, 'media', 1);
    const spin = async (): Promise<void> => {
      for (;;) {
        await breathe();
      }
    };
    await expect(spin()).rejects.toMatchObject({ code: 'aborted', stage: 'media' });
  });

  it('does nothing without a signal', () => {
    expect(() => throwIfAborted(undefined, 'media')).not.toThrow();
    expect(createBreather(undefined, 'media', 1000)()).toBeUndefined();
  });
});
