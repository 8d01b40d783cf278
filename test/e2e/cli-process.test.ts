import { describe, expect, it } from 'vitest';
import { whyface } from '../support/cli.ts';

describe('the program as a process', () => {
  it('ends with the status of the command, JSON and help on stdout, complaints on stderr', async () => {
    const [help, wrong, refused, version] = await Promise.all([
      whyface(['explain', '--help']),
      whyface(['explain', 'a.png', '--colour']),
      whyface(['explain', 'a.png', '--reasoner', 'vlm']),
      whyface(['--version']),
    ]);
    expect(help).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining('Usage: whyface explain') });
    expect(wrong).toMatchObject({ status: 2, stdout: '', stderr: expect.stringMatching(/^whyface: unknown option/) });
    expect(refused).toMatchObject({ status: 69, stderr: expect.stringContaining('whyface models pull') });
    expect(version).toMatchObject({ status: 0, stderr: '', stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
  });

  it('says what works here', async () => {
    const { status, stdout, stderr } = await whyface(['doctor', '--json']);
    const findings: unknown = JSON.parse(stdout);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(findings).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ state: 'works', what: expect.stringContaining(`Node ${process.versions.node}`) }),
        expect.objectContaining({ state: 'works', what: expect.stringContaining('onnxruntime') }),
      ]),
    );
  });

  it('says what does not, what to do, and ends with 69', async () => {
    const { status, stdout } = await whyface(['doctor'], { env: { WHYFACE_FFMPEG: '/nowhere/ffmpeg' } });
    expect(status).toBe(69);
    expect(stdout).toMatch(/✗ WHYFACE_FFMPEG: \/nowhere\/ffmpeg does not run.*\n {4}→ Correct the path/);
  });
});
