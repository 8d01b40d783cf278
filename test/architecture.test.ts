import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './support/shared.ts';

/**
 * The walls of DESIGN §2, read from the imports. `stage: [what it may import besides itself]`; `pipeline`, `jobs`,
 * `chat` and `present` know several stages.
 */
const MAY_IMPORT: Record<string, readonly string[]> = {
  contracts: [],
  kit: [],
  facs: ['contracts', 'kit'],
  media: ['contracts', 'kit', 'facs'],
  perceive: ['contracts', 'kit', 'facs', 'media'],
  observe: ['contracts', 'kit', 'facs'],
  textualize: ['contracts', 'kit', 'facs'],
  reason: ['contracts', 'kit', 'facs'],
  verify: ['contracts', 'kit', 'facs'],
  pipeline: ['contracts', 'kit', 'facs', 'media', 'perceive', 'observe', 'textualize', 'reason', 'verify'],
  jobs: ['contracts', 'kit', 'facs', 'pipeline', 'perceive'],
  chat: ['contracts', 'kit', 'facs', 'pipeline', 'textualize', 'reason', 'verify', 'observe'],
  present: [
    'contracts',
    'kit',
    'facs',
    'pipeline',
    'perceive',
    'reason',
    'jobs',
    'chat',
    'verify',
    'textualize',
    'eval',
  ],
  eval: ['contracts', 'kit', 'facs', 'verify', 'pipeline'],
};

/** Rooms that run on Workers and in browsers: no node imports, not even through `kit`. */
const RUNS_ANYWHERE = ['contracts', 'facs', 'observe', 'textualize', 'reason', 'verify', 'pipeline/text-side.ts'];

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)\s*import\s*['"]([^'"]+)['"]/g;

type Edge = { file: string; target: string; typeOnly: boolean };

const filesBelow = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)));

const importsOf = (file: string): Array<{ specifier: string; typeOnly: boolean }> =>
  [...readFileSync(join(ROOT, file), 'utf8').matchAll(IMPORT)].flatMap((match) => {
    const specifier = match[1] ?? match[2] ?? match[3];
    return specifier === undefined ? [] : [{ specifier, typeOnly: /^\s*(?:import|export)\s+type\b/.test(match[0]) }];
  });

const edges: Edge[] = [...filesBelow('src'), ...filesBelow('eval')].flatMap((file) =>
  importsOf(file).map(({ specifier, typeOnly }) => ({
    file,
    typeOnly,
    target: specifier.startsWith('.') ? relative(ROOT, join(ROOT, dirname(file), specifier)) : specifier,
  })),
);

const roomOf = (path: string): string | null => {
  const parts = path.split('/');
  if (parts[0] === 'eval') {
    return 'eval';
  }
  if (parts[0] !== 'src') {
    return null;
  }
  return parts[1]?.replace(/\.ts$/, '') ?? null;
};

describe('the walls between the stages', () => {
  it('reads the imports of the whole program', () => {
    expect(edges.length).toBeGreaterThan(50);
  });

  it('lets a stage import only what DESIGN §2 allows', () => {
    const broken = edges.filter(({ file, target }) => {
      const [from, to] = [roomOf(file), roomOf(target)];
      if (from === null || to === null || from === to || from === 'index') {
        return false;
      }
      return !(MAY_IMPORT[from] ?? []).includes(to);
    });
    expect(broken).toEqual([]);
  });

  it('knows every room of src', () => {
    const rooms = new Set(filesBelow('src').map(roomOf));
    expect([...rooms].filter((room) => room !== 'index' && room !== null && !(room in MAY_IMPORT))).toEqual([]);
  });

  it('keeps node out of everything that runs on Workers and in browsers', () => {
    const byFile = new Map<string, string[]>();
    for (const { file, target } of edges) {
      byFile.set(file, [...(byFile.get(file) ?? []), target]);
    }
    const tainted = new Map<string, string>();
    const visit = (file: string, root: string, seen: Set<string>): void => {
      if (seen.has(file)) {
        return;
      }
      seen.add(file);
      for (const target of byFile.get(file) ?? []) {
        if (target.startsWith('node:') || ['sharp', 'node-av', 'onnxruntime-node'].includes(target)) {
          tainted.set(root, `${file} imports ${target}`);
        }
        visit(target, root, seen);
      }
    };
    for (const file of byFile.keys()) {
      if (RUNS_ANYWHERE.some((room) => file.startsWith(`src/${room}`))) {
        visit(file, file, new Set());
      }
    }
    expect(Object.fromEntries(tainted)).toEqual({});
  });

  it('has no import cycles', () => {
    const graph = new Map<string, string[]>();
    // Types are erased: a cycle of them alone is no cycle of the program.
    for (const { file, target } of edges.filter((edge) => !edge.typeOnly)) {
      graph.set(file, [...(graph.get(file) ?? []), target]);
    }
    const state = new Map<string, 'open' | 'closed'>();
    const cycles: string[] = [];
    const walk = (file: string, trail: readonly string[]): void => {
      if (state.get(file) === 'closed') {
        return;
      }
      if (state.get(file) === 'open') {
        cycles.push([...trail.slice(trail.indexOf(file)), file].join(' -> '));
        return;
      }
      state.set(file, 'open');
      for (const target of graph.get(file) ?? []) {
        walk(target, [...trail, file]);
      }
      state.set(file, 'closed');
    };
    for (const file of graph.keys()) {
      walk(file, []);
    }
    expect(cycles).toEqual([]);
  });
});

describe('the house rules', () => {
  const sources = filesBelow('src').map((file) => ({ file, text: readFileSync(join(ROOT, file), 'utf8') }));
  const offenders = (pattern: RegExp): string[] =>
    sources.filter(({ text }) => pattern.test(text)).map(({ file }) => file);

  it('throws nothing but WhyfaceError', () => {
    expect(offenders(/throw new (?!WhyfaceError\b)\w+/)).toEqual([]);
  });

  it('silences the compiler nowhere', () => {
    expect(offenders(/@ts-(?:ignore|expect-error|nocheck)|\bas (?:any|unknown|never)\b/)).toEqual([]);
  });
});
