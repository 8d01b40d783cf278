/**
 * Every number that decides what becomes an observation, with its reason. Intensities are on the 0–5 scale, times in
 * milliseconds, angles in degrees.
 */
export const SETTINGS = {
  /** Standard deviation of the smoothing kernel. Takes out frame noise at 30 fps; leaves columns of ≤ 5 fps as they are. */
  smoothingMs: 40,
  /** A face unseen for longer than this ends an episode: nobody knows what it did meanwhile. */
  gapMs: 600,
  /**
   * What the movement of lips and jaw is worth while the person speaks, and the share of an episode that must lie in
   * speech. Vowels open and round the mouth whatever is felt.
   */
  spokenWorth: 0.6,
  spokenShare: 0.6,
  /** Shortest episode. A micro-expression lasts 1/25–1/5 s (FACS notes §5.5); below three frames at 30 fps it is noise. */
  minimumMs: 100,
  /** Pauses of one movement that are bridged. */
  mergeMs: 250,
  /** The same for lips and jaw, which open and close with every syllable. */
  articulatorMergeMs: 700,
  /** How far over the resting level a movement must rise to be an event, where the resting level is above the threshold. */
  overRest: 0.6,
  /** The level at which an event ends, as a share of the level at which it starts. */
  release: 0.7,
  /** Share of the rise from which its start is extrapolated: as low as the noise (so many deviations) allows. */
  footLeast: 0.08,
  footMost: 0.15,
  footNoise: 4,
  /** How far back from the threshold crossing a movement's start is looked for. */
  footWindowMs: 1500,
  /** A valley this deep (share of the lower of both peaks) splits one episode in two … */
  splitShare: 0.5,
  /** … where it is at least this deep on the scale. */
  splitDepth: 1,
  /** A lower level that is kept for so long, and is so far (share of the peak) and so deep under it, is an episode of its own. */
  stepMs: 500,
  stepShare: 0.45,
  stepDepth: 1.3,
  /** Sides differ when the stronger one leads by the margin and the weaker one stays below this share of it. */
  side: { margin: 0.8, ratio: 0.55 },
  /**
   * The same for the brows over a person's own resting level, which takes the build of the face off both sides. The head
   * lets one side's rise into the other's reading: on rendered one-sided raises the difference of the sides answers with a
   * tenth of the strength of their sum, so that a lead of a quarter is what one brow alone looks like.
   */
  sideOverRest: { margin: 0.35, ratio: 0.75 },
  /** An episode that stays so close to its peak for more than half its time has no moment at which it is strongest. */
  plateau: 0.3,
  /** A change of side within an episode must last this long to split it. */
  sideRunMs: 300,
  /** Micro-expressions: total and onset (Yan et al. 2013), and the sampling that allows the claim (24.9 admits 25.00). */
  microTotalMs: 500,
  microOnsetMs: 260,
  microFps: 24.9,
  /** Least confidence at which so strong a claim is made. */
  microConfidence: 0.6,
  /** Resting level: nothing is known below the first, all that can be known above the second. */
  restFromMs: 1000,
  restFullMs: 4000,
  /** Lids closed for longer are not a blink (FACS: AU45 closes and opens within half a second). */
  blinkMs: 500,
  /** Lid closure (0–5) from which eyes are closed rather than narrow. */
  closed: 3,
  /** A person seen for less has no blinks worth counting. */
  blinksFromMs: 3000,
  /** Slower sampling misses blinks, which last 100–400 ms. */
  blinkFps: 10,
  /** A person seen for less in a longer clip is described as in a photo, without what was not there. */
  courseFromMs: 1000,
  /** Visibility of a region below which its action units are not visible. */
  hidden: 0.35,
  /** Share of the frames in which a unit must have been seen for its absence to be claimed. */
  seenShare: 0.5,
  /** Episodes of action units listed for one person: `episodes + seconds × perSecond`, at most `most`. */
  episodes: 12,
  episodesPerSecond: 0.6,
  episodesMost: 120,
  /** Episodes listed for one action unit. */
  episodesPerUnit: 3,
  episodesPerUnitEachMs: 10_000,
  episodesPerUnitMost: 12,
} as const;
