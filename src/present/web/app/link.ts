/** A moment of an analysis that the service holds. */
export type Link = { resourceId: string; ms: number };

const FORM = /^#(an_[0-9a-f]{24})(?:@(\d{1,9}))?$/;

/** The fragment of an address: `#an_…@1200`. `null` where it is something else. */
export const readLink = (fragment: string): Link | null => {
  const [, resourceId, ms] = FORM.exec(fragment) ?? [];
  return resourceId === undefined ? null : { resourceId, ms: Number(ms ?? 0) };
};

export const writeLink = ({ resourceId, ms }: Link): string => `#${resourceId}@${Math.round(ms)}`;
