#!/usr/bin/env node
// Plain JavaScript on purpose: it must run, and say what is wrong, where nothing is built yet.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const entry = new URL('../dist/src/present/cli/main.js', import.meta.url);
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`whyface needs Node 20.19 or newer; this is ${process.versions.node}.\n`);
  process.exit(78);
}
if (!existsSync(entry)) {
  const root = fileURLToPath(new URL('..', import.meta.url));
  process.stderr.write(`whyface is not built yet: run "npm run build" in ${root}\n`);
  process.exit(78);
}
const { runFromShell } = await import(entry.href);
await runFromShell();
