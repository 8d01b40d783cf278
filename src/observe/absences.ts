import type { ActionUnitCode } from '../contracts/index.ts';

/** An action unit whose absence matters: always, or where one of the named units is present. */
export type Absence = { code: ActionUnitCode; when: 'always' | readonly ActionUnitCode[]; why: string };

/**
 * Which absences are worth an observation of their own, so that a reading can cite them. Taken from what tells the
 * prototypes of EMFACS and Du, Tao & Martinez 2014 apart (FACS notes §5.3, §5.4); everything else that is below the
 * threshold is left to the percepts.
 */
export const ABSENCES: readonly Absence[] = [
  { code: 'AU1', when: 'always', why: 'part of three prototypes; a face without it and AU4 has a quiet forehead' },
  { code: 'AU2', when: ['AU1', 'AU5', 'AU26', 'AU27'], why: 'with AU1 the whole brow goes up, without it only the inner end' },
  { code: 'AU4', when: 'always', why: 'part of most prototypes with lowered brows, and of none with a quiet forehead' },
  { code: 'AU5', when: ['AU1', 'AU2', 'AU4', 'AU20', 'AU26', 'AU27'], why: 'raised brows and an open mouth read differently without raised lids' },
  { code: 'AU6', when: ['AU12'], why: 'a lip-corner pull with and without raised cheeks reads differently (Duchenne)' },
  { code: 'AU7', when: ['AU4', 'AU5'], why: 'lowered brows read differently without tightened lids' },
  { code: 'AU9', when: 'always', why: 'core of one prototype' },
  { code: 'AU10', when: ['AU9', 'AU17'], why: 'the usual companion of a nose wrinkle' },
  { code: 'AU12', when: 'always', why: 'core of one prototype, and speaks against most others' },
  { code: 'AU15', when: 'always', why: 'core of one prototype' },
  { code: 'AU17', when: ['AU15', 'AU9', 'AU10'], why: 'the usual companion of lowered lip corners and of a nose wrinkle' },
  { code: 'AU20', when: ['AU5'], why: 'tells two prototypes with raised lids apart' },
  { code: 'AU23', when: ['AU4', 'AU7'], why: 'lowered brows read differently without tightened lips' },
  { code: 'AU24', when: ['AU4', 'AU17'], why: 'lowered brows read differently without pressed lips' },
  { code: 'AU25', when: ['AU1', 'AU2', 'AU5', 'AU12', 'AU20'], why: 'raised brows or pulled corners over a closed mouth' },
  { code: 'AU26', when: ['AU1', 'AU2', 'AU5'], why: 'raised brows and lids read differently over a closed jaw' },
]; // biome-ignore format: one table

/** Whether the absence of a unit matters beside the units that are present. */
export const absenceMatters = ({ when }: Absence, present: ReadonlySet<ActionUnitCode>): boolean =>
  when === 'always' || when.some((code) => present.has(code));

/** A unit that is looked for during every episode of another one, not only over the whole clip. */
export const COMPANIONS: ReadonlyArray<{ code: ActionUnitCode; during: ActionUnitCode }> = [
  { code: 'AU6', during: 'AU12' },
];
