import { LIMITS } from '../../kit/limits.ts';
import type { InputFile } from '../../kit/safe-path.ts';
import { importInvalid } from './import-invalid.ts';
import { readRows } from './read-rows.ts';
import { type Sample, sampleColumns, sampleOf } from './sample.ts';
import { layoutOf, type TableLayout } from './table-layout.ts';

/** A table of measurements, by the inputs it holds, in the order in which they come. */
export type MeasurementTable = { layout: TableLayout; parts: ReadonlyMap<string, Sample[]> };

/**
 * Reads a table of OpenFace, py-feat or whyface.
 *
 * @throws WhyfaceError `input-invalid` naming line and column, `media-too-large`, `aborted`
 */
export const readTable = async (
  file: InputFile,
  delimiter: ',' | '\t',
  signal: AbortSignal | undefined,
): Promise<MeasurementTable> => {
  let layout: TableLayout | null = null;
  const parts = new Map<string, Sample[]>();
  await readRows({
    file,
    delimiter,
    signal,
    pick: (header) => {
      layout = layoutOf(header);
      if (layout === null) {
        throw noUnits(file.name);
      }
      return sampleColumns(layout);
    },
    onRow: (row) => {
      if (layout === null) {
        throw noUnits(file.name);
      }
      const place = layout.fields.length;
      const key = row.cells[place]?.trim() ?? '';
      const sample = sampleOf(row, layout, file.name, parts.get(key)?.at(-1)?.frame ?? null);
      const part = parts.get(key);
      if (part !== undefined) {
        part.push(sample);
      } else if (parts.size < LIMITS.tableInputs) {
        parts.set(key, [sample]);
      } else {
        throw importInvalid(
          `${file.name}, line ${row.line}: the table holds more than ${LIMITS.tableInputs} inputs; split it.`,
          { line: row.line },
        );
      }
    },
  });
  if (layout === null) {
    throw noUnits(file.name);
  }
  return { layout, parts };
};

const noUnits = (name: string) =>
  importInvalid(
    `${name} has no columns of action units; whyface reads tables of OpenFace (AU01_r), of py-feat (AU01) and of "whyface observe --format csv".`,
  );
