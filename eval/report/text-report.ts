import { cellText, printable } from './cell-text.ts';
import type { EvaluationReport, ReportTable } from './evaluation-report.ts';

/** Columns that a character takes on a terminal: East Asian wide ones take two. */
const widthOf = (text: string): number =>
  [...text].reduce((width, letter) => width + (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(letter) ? 2 : 1), 0); // biome-ignore format: one pattern

const tableText = ({ title, columns, rows, notes }: ReportTable): string => {
  const cells = rows.map((row) => columns.map((column, index) => printable(cellText(row[index] ?? null, column))));
  const widths = columns.map((column, index) =>
    Math.max(widthOf(column.label), ...cells.map((row) => widthOf(row[index] ?? ''))),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, index) => {
        const padding = ' '.repeat(Math.max(0, (widths[index] ?? 0) - widthOf(cell)));
        return columns[index]?.kind === 'text' ? cell + padding : padding + cell;
      })
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  const body = [line(columns.map(({ label }) => label)), rule, ...cells.map(line)];
  const remarks = (notes ?? []).map((note) => `  ${printable(note)}`);
  return [printable(title), ...body, ...remarks].join('\n');
};

/** The report for a terminal. */
export const textReport = ({ title, tables, problems, notes }: EvaluationReport): string => {
  const oddities = problems.map(
    ({ code, where, examples, count, treatment }) =>
      `  ${code} in ${printable(where)}: ${count} (${examples.map(printable).join(', ')}${count > examples.length ? ', …' : ''}). ${treatment}`,
  );
  return `${[
    printable(title),
    ...tables.map(tableText),
    ...(notes.length === 0 ? [] : [['Notes', ...notes.map((note) => `  ${printable(note)}`)].join('\n')]),
    ...(oddities.length === 0 ? [] : [['About the input', ...oddities].join('\n')]),
  ].join('\n\n')}\n`;
};
