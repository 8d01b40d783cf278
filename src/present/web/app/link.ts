import type { Question } from '../state/reading.ts';

/** A moment of an analysis that the service holds, and what was asked of it. */
export type Link = { resourceId: string; ms: number } & Question;

const FORM =
  /^#(an_[0-9a-f]{24})(?:@(\d{1,9}))?(?:,(P\d{1,4}))?(?:,(\d{1,9})-(\d{1,9}))?(?:,(facs|llm|clip|vlm|ensemble))?$/;

const REASONERS = ['facs', 'llm', 'clip', 'vlm', 'ensemble'] as const;

/** The fragment of an address: `#an_…@1200,P1,600-3000,facs`; all but the id may be missing. `null`: something else. */
export const readLink = (fragment: string): Link | null => {
  const [, resourceId, ms, subject, startMs, endMs, reasoner] = FORM.exec(fragment) ?? [];
  return resourceId === undefined
    ? null
    : {
        resourceId,
        ms: Number(ms ?? 0),
        subject: subject ?? null,
        range: startMs === undefined || endMs === undefined ? null : { startMs: Number(startMs), endMs: Number(endMs) },
        reasoner: REASONERS.find((each) => each === reasoner) ?? 'facs',
      };
};

export const writeLink = ({ resourceId, ms, subject, range, reasoner }: Link): string =>
  [
    `#${resourceId}@${Math.round(ms)}`,
    ...(subject === null ? [] : [subject]),
    ...(range === null ? [] : [`${Math.round(range.startMs)}-${Math.round(range.endMs)}`]),
    ...(reasoner === 'facs' ? [] : [reasoner]),
  ].join(',');
