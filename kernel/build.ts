/** Compiles the kernel: `npm run build:kernel`. The result is committed; a test compiles it again and compares. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { main } from 'assemblyscript/asc';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** The kernel as WebAssembly, in base64. Needs the development dependency `assemblyscript`. */
export const compileKernel = async (): Promise<string> => {
  const folder = mkdtempSync(join(tmpdir(), 'whyface-kernel-'));
  try {
    const output = join(folder, 'kernel.wasm');
    const flags = ['-O3', '--runtime', 'stub', '--importMemory', '--noAssert', '--enable', 'simd', '-o', output];
    const { error, stderr } = await main([here('index.ts'), ...flags, '--baseDir', '/']);
    if (error !== null) {
      throw new Error(`${error.message}\n${stderr.toString()}`);
    }
    return readFileSync(output).toString('base64');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const code = `/** \`kernel/index.ts\`, compiled by \`npm run build:kernel\`. */\nexport const KERNEL_WASM =\n  '${await compileKernel()}';\n`;
  writeFileSync(here('../src/perceive/face/pixel-kernel-wasm.ts'), code);
}
