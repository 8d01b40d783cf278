import type { Cell, Column } from './evaluation-report.ts';

/** A value as its column writes it. */
export const cellText = (cell: Cell, { kind, digits }: Column): string => {
  if (cell === null) {
    return '–';
  }
  if (typeof cell === 'string') {
    return cell;
  }
  if (!Number.isFinite(cell)) {
    return 'not defined';
  }
  switch (kind) {
    case 'percent':
      return (100 * cell).toFixed(digits ?? 2);
    case 'count':
      return String(cell);
    default:
      return digits === undefined ? String(cell) : cell.toFixed(digits);
  }
};

/** Control and direction-changing characters shown as `?`: file names and labels come from others. */
export const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?');
