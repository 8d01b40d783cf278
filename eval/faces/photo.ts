import { explainOptions, observeOptions, type Percepts, type SubjectPercepts } from '../../src/contracts/index.ts';

/** How the developers' photos are read: as any photo is. */
export const READING = { ...observeOptions.parse({}), ...explainOptions.parse({}) };

export const largestFace = ({ subjects }: Percepts): SubjectPercepts | undefined => {
  const area = ({ box }: SubjectPercepts): number => (box.width[0] ?? 0) * (box.height[0] ?? 0);
  return [...subjects].sort((a, b) => area(b) - area(a))[0];
};
