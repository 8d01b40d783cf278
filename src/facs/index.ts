/** The FACS knowledge base: tables with their sources, and how they are said. No node imports. */
export * from './accompaniments.ts';
export * from './action-units.ts';
export * from './affect-positions.ts';
export * from './compounds.ts';
export * from './contradictions.ts';
export * from './du-2014.ts';
export * from './emfacs.ts';
export * from './levels.ts';
export * from './likelihood.ts';
export * from './rare-pairs.ts';
export * from './version.ts';
export * from './vocabulary.ts';
export * from './wider-expressions.ts';
export * from './wording.ts';
