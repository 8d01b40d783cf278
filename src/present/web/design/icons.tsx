import type { JSX } from 'preact';

const PATHS = {
  play: 'M7 4.5v15l12-7.500z',
  pause: 'M8 5v14M16 5v14',
  back: 'M15 5 8 12l7 7M5 5v14',
  forward: 'M9 5l7 7-7 7M19 5v14',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 2v2.500M12 19.500V22M2 12h2.500M19.5 12H22M5 5l1.7 1.700M17.3 17.3 19 19M5 19l1.7-1.700M17.3 6.7 19 5',
  moon: 'M20 14.500A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5',
  system: 'M3 5h18v11H3zM9 20h6M12 16v4',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  fit: 'M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5',
  close: 'M6 6l12 12M18 6 6 18',
  info: 'M12 11v6M12 7.500v.01M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18',
  compare: 'M4 5h7v14H4zM13 5h7v14h-7z',
  keyboard: 'M3 7h18v10H3zM7 10.500v.01M11 10.500v.01M15 10.500v.01M8 14h8',
} as const;

export type IconName = keyof typeof PATHS;

/** A drawing that goes with words; never the only sign. */
export const Icon = ({ name }: { name: IconName }): JSX.Element => (
  <svg viewBox="0 0 24 24" aria-hidden="true">
    <path d={PATHS[name]} />
  </svg>
);
