/** docs/reliability.md from the table of faults. */
import { AREAS, DOES_NOT_APPLY, FAULTS, type FaultTest, NOT_SHOWN_YET } from './faults.ts';

const INTRO = `# What whyface withstands

Written by \`npm run faults\` from \`test/faults/faults.ts\`; a test holds it to the tests that there are. The fault, what comes
of it, and the test that shows it. \`npm test\` runs all of them with a sample of damaged files; \`npm run faults\` runs
500 seeded mutants of every kind of media through \`explain\` and prints the result of each row. Beside them stand
\`npm run soak\` (growth over time) and \`node --import tsx bench/load.ts\` (64 clients at once).

## What is promised

1. No input, be it a file, an address, words, a subtitle file or a model's answer, ends the server's process, reads a file or an
   address it was not given, or changes what another client is told.
2. Every request ends: with a result, a typed error or a cancellation, within a stated time. Work that nobody waits for stops.
3. Memory is bounded by settings and not by input: decoding and networks run in processes with a cap, which are killed and replaced.
4. Every sentence of an answer cites evidence that bears it out, or is marked. Nothing unsupported is shown unmarked.
5. The same input, versions and settings give the same bytes from the FACS reasoner. Answers of language models keep the model's
   name, the prompt's digest, the parameters and the raw text.
6. A job survives \`kill -9\` at any moment: after the next start it ends, once, with the same result.
7. Nothing of a clip is kept beyond its analysis, and nothing of an analysis beyond the time that was asked for. Deletion leaves no
   byte and gives a receipt.
`;

/** Text inside a cell. */
const cell = (text: string): string => text.replaceAll('|', '\\|');

const testCell = (tests: readonly FaultTest[]): string =>
  tests.map(([file, title]) => `\`${file}\`: ${cell(title)}`).join('<br>');

export const idsOfArea = (letter: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${letter}${index + 1}`);

export const renderReliability = (): string => {
  const sections = AREAS.map(([letter, count, title]) => {
    const rows = idsOfArea(letter, count).map((id) => {
      const { fault = '', outcome = '', tests = [] } = FAULTS[id] ?? {};
      return `| ${id} | ${cell(fault)} | ${cell(outcome)} | ${testCell(tests)} |`;
    });
    return `## ${title}\n\n| id | fault | what comes of it | shown by (below \`test/\`) |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`;
  });
  const list = (entries: ReadonlyArray<readonly [string, string]>): string =>
    entries.map(([what, text]) => `- **${what}.** ${text}`).join('\n');
  return [
    INTRO,
    ...sections,
    `## Not shown yet\n\n${list(NOT_SHOWN_YET)}\n`,
    `## What does not apply\n\n${list(DOES_NOT_APPLY)}\n`,
  ].join('\n');
};
