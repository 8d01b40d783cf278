import { describe, expect, it } from 'vitest';
import { loadManifest, parseManifest } from '../../../src/perceive/models/index.ts';
import { readZipMember } from '../../../src/perceive/models/zip-member.ts';

const manifest = await loadManifest();

describe('models/manifest.json', () => {
  it('is valid, and everything that whyface cannot do without arrives by npm or with the repository', () => {
    const needed = manifest.models.filter(({ optional }) => !optional);
    expect(needed.length).toBeGreaterThan(0);
    for (const { files } of needed) {
      expect(files.every(({ source }) => /^(npm|repo):/.test(source))).toBe(true);
    }
  });

  it('knows the published digest of the Face Landmarker bundle and the git digest of HSEmotion', () => {
    const digests = manifest.models.flatMap(({ files }) => files.map(({ digest }) => digest));
    expect(digests).toContain('sha256:64184e229b263107bc2b804c6625db1341ff2bb731874b0bcc2fe6544e0bc9ff');
    expect(digests).toContain('git-blob:7ce9d6dd5b82b260bc19bfe7822a6ffa1abb6011');
  });

  it.each([
    ['a path for a file name', '../outside.onnx'],
    ['a hidden file', '.part'],
  ])('does not accept %s', (_, name) => {
    const [first] = structuredClone(manifest.models);
    const file = first?.files[0];
    if (first === undefined || file === undefined) {
      return expect.unreachable();
    }
    file.name = name;
    expect(() => parseManifest({ ...manifest, models: [first] })).toThrow(
      expect.objectContaining({ code: 'model-invalid' }),
    );
  });

  it.each([
    ['no archive', new Uint8Array(100)],
    ['nothing', new Uint8Array()],
  ])('reads no member from %s', (_, bytes) => {
    expect(() => readZipMember(bytes, 'a')).toThrow(expect.objectContaining({ code: 'model-invalid' }));
  });
});
