/**
 * FEAFA's 24 values, each 0–1 (Yan et al. 2019, arXiv 1904.01509, in the order of ExpLLM's `au` lists, arXiv 2409.02828;
 * the order is borne out by the words of ExpLLM's chains), as action units.
 */
import type { ActionUnitCode, ActionUnitColumns } from '../contracts/index.ts';

/**
 * In order: what each value becomes here; `null` where FACS calls it an action descriptor (jaw slid or thrust, cheeks
 * puffed), which is not measured here. Where two become one unit (lips sucked), the stronger counts. Left and right are
 * the person's own. A raised brow is read off its outer end, so that AU1, which tells sadness and fear from surprise, is
 * not claimed of a brow that FEAFA does not divide.
 */
export const FEAFA_UNITS: ReadonlyArray<{ code: ActionUnitCode; side: 'left' | 'right' | 'both' } | null> = [
  { code: 'AU45', side: 'left' },
  { code: 'AU45', side: 'right' },
  { code: 'AU5', side: 'left' },
  { code: 'AU5', side: 'right' },
  { code: 'AU4', side: 'left' },
  { code: 'AU4', side: 'right' },
  { code: 'AU2', side: 'left' },
  { code: 'AU2', side: 'right' },
  { code: 'AU26', side: 'both' },
  null,
  null,
  { code: 'AU12', side: 'left' },
  { code: 'AU12', side: 'right' },
  { code: 'AU20', side: 'left' },
  { code: 'AU20', side: 'right' },
  { code: 'AU28', side: 'both' },
  { code: 'AU28', side: 'both' },
  null,
  { code: 'AU10', side: 'both' },
  { code: 'AU16', side: 'both' },
  { code: 'AU17', side: 'both' },
  { code: 'AU18', side: 'both' },
  null,
  { code: 'AU9', side: 'both' },
];

/** Units that FEAFA's values can tell. */
export const FEAFA_CODES: ReadonlySet<ActionUnitCode> = new Set(
  FEAFA_UNITS.flatMap((unit) => (unit === null ? [] : [unit.code])),
);

/** Magnitudes 0–1 run to 5 here. */
export const FEAFA_GAIN = 5;
/** Present from here on, 0–5 (0.2 there). */
export const FEAFA_THRESHOLD = 1;

/** The 24 values of one picture as columns of one row; what FEAFA does not have is not there. */
export const feafaColumns = (values: readonly number[]): Partial<Record<ActionUnitCode, ActionUnitColumns>> => {
  const units = new Map<ActionUnitCode, { left: number | null; right: number | null; both: number }>();
  for (const [index, unit] of FEAFA_UNITS.entries()) {
    if (unit !== null) {
      const value = Math.round(Math.min(5, Math.max(0, (values[index] ?? 0) * FEAFA_GAIN)) * 1000) / 1000;
      const known = units.get(unit.code) ?? { left: null, right: null, both: 0 };
      units.set(unit.code, {
        ...known,
        both: Math.max(known.both, value),
        ...(unit.side === 'both' ? {} : { [unit.side]: value }),
      });
    }
  }
  const columns: Partial<Record<ActionUnitCode, ActionUnitColumns>> = {};
  for (const [code, { left, right, both }] of units) {
    columns[code] = {
      both: [both],
      left: left === null ? null : [left],
      right: right === null ? null : [right],
      threshold: FEAFA_THRESHOLD,
    };
  }
  return columns;
};

/**
 * The 24 values of measured intensities (0–5); what FACS codes do not tell is 0. The inner brow's raise counts as one of
 * the whole brow.
 */
export const feafaValues = (
  units: ReadonlyMap<ActionUnitCode, { left: number; right: number; both: number }>,
): number[] => {
  const inner = units.get('AU1');
  const outer = units.get('AU2');
  const of = (code: ActionUnitCode, side: 'left' | 'right' | 'both'): number =>
    code === 'AU2' ? Math.max(inner?.[side] ?? 0, outer?.[side] ?? 0) : (units.get(code)?.[side] ?? 0);
  return FEAFA_UNITS.map((unit) =>
    unit === null ? 0 : Math.round((of(unit.code, unit.side) / FEAFA_GAIN) * 10_000) / 10_000,
  );
};
