import { runFromShell } from '../../src/present/cli/main.ts';

await runFromShell();
