/**
 * The intensity from which a unit counts as present, such that as many frames as possible agree with the presence that
 * the table states. Products train presence apart from intensity, so that no one number fits all tables.
 *
 * @param pairs intensity (0–5) and stated presence of each frame
 * @param usual the answer where too few frames speak
 */
export const presenceThreshold = (
  pairs: ReadonlyArray<{ intensity: number; present: boolean }>,
  usual: number,
): number => {
  const sorted = [...pairs].sort((a, b) => a.intensity - b.intensity);
  const strongest = sorted.at(-1)?.intensity;
  if (strongest === undefined) {
    return usual;
  }
  const presences = sorted.filter(({ present }) => present).length;
  if (presences === 0) {
    // Nothing is present: the border lies above everything there is.
    return Math.max(usual, above(strongest));
  }
  // Everything below the border is absent: agreement is absences below it plus presences from it on.
  let agreement = presences;
  let [best, border, distance] = [-1, usual, Number.POSITIVE_INFINITY];
  for (let index = 0; index <= sorted.length; index += 1) {
    const [below, from] = [sorted[index - 1]?.intensity, sorted[index]?.intensity];
    if (below !== from) {
      // Anywhere between the two neighbours agrees as well; as near to the usual border as that leaves room for.
      const [lowest, highest] = [(below ?? 0) + STEP, from ?? above(strongest)];
      const here = Math.max(Math.min(usual, highest), Math.min(lowest, highest));
      if (agreement > best || (agreement === best && Math.abs(here - usual) < distance)) {
        [best, border, distance] = [agreement, here, Math.abs(here - usual)];
      }
    }
    agreement += sorted[index]?.present === true ? -1 : 1;
  }
  return Math.min(5, Math.max(LEAST, Math.round(border * 1000) / 1000));
};

const STEP = 0.001;
/** A threshold of 0 would make a face at rest show everything. */
const LEAST = 0.1;
const above = (intensity: number): number => Math.min(5, Math.round((intensity + 0.01) * 1000) / 1000);
