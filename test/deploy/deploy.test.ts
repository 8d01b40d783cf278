import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { validate } from 'dockerfile-utils';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { createProgram } from '../../src/present/cli/program.ts';
import { ROOT } from '../support/shared.ts';

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

const commands = (): string[] => {
  const io = { stdout: new PassThrough(), stderr: new PassThrough(), env: {}, interruption: new AbortController() };
  const program = createProgram(io, () => undefined);
  return program.commands.map((command) => command.name());
};

const service = z.looseObject({
  command: z.array(z.string()),
  environment: z.record(z.string(), z.string()).optional(),
  volumes: z.array(z.string()),
  stop_grace_period: z.string().optional(),
});
const compose = z.object({ services: z.record(z.string(), service), volumes: z.record(z.string(), z.unknown()) });

describe('what runs it elsewhere', () => {
  it('has a Dockerfile that the linter accepts, which ends as an ordinary user', () => {
    const dockerfile = read('Dockerfile');
    expect(validate(dockerfile)).toEqual([]);
    expect(validate(`${dockerfile}\nFRUN true\n`)).not.toEqual([]);
    expect(dockerfile.lastIndexOf('USER node')).toBeGreaterThan(dockerfile.lastIndexOf('FROM '));
  });

  it('copies nothing into the image that the build needs and the ignore file leaves out', () => {
    const ignored = read('.dockerignore').split('\n');
    expect(
      ['src', 'prompts', 'models', 'examples', 'eval', 'package-lock.json'].filter((name) => ignored.includes(name)),
    ).toEqual([]);
  });

  it('starts only commands that there are, and mounts only volumes that are declared', () => {
    const { services, volumes } = compose.parse(parse(read('compose.yaml'), { merge: true }));
    for (const [name, { command, volumes: mounts }] of Object.entries(services)) {
      if (name !== 'redis') {
        expect(commands()).toContain(command[0]);
      }
      expect(mounts.map((mount) => mount.split(':')[0]).filter((volume) => !(String(volume) in volumes))).toEqual([]);
    }
    expect(services.worker?.environment).toEqual(services.service?.environment);
  });

  it.skipIf(!existsSync('/usr/bin/systemd-analyze'))('has a unit that systemd accepts (needs systemd-analyze)', () => {
    const { stderr } = spawnSync('systemd-analyze', ['verify', join(ROOT, 'deploy/whyface.service')], {
      encoding: 'utf8',
    });
    // The node of the test machine may lie elsewhere; everything else must be silent.
    expect(
      stderr.split('\n').filter((line) => line.includes('whyface.service') && !line.includes('not executable')),
    ).toEqual([]);
  });
});
