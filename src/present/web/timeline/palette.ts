/** The colours of the theme, as a canvas needs them: resolved. */
export type Palette = Record<(typeof NAMES)[number], string>;

const NAMES = ['paper', 'ink', 'soft', 'line', 'wash', 'accent', 'bad', 'warm', 'edge', 'clay'] as const;

/** @param host an element that wears the theme */
export const readPalette = (host: HTMLElement): Palette => {
  const probe = document.createElement('span');
  host.append(probe);
  const colour = (name: string): string => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const palette = {
    paper: colour('paper'),
    ink: colour('ink'),
    soft: colour('soft'),
    line: colour('line'),
    wash: colour('wash'),
    accent: colour('accent'),
    bad: colour('bad'),
    warm: colour('warm'),
    edge: colour('edge'),
    clay: colour('clay'),
  };
  probe.remove();
  return palette;
};
