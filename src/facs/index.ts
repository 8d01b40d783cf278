/** The FACS knowledge base: tables with their sources, and how they are said. No node imports. */
export * from './action-units.ts';
export * from './levels.ts';
export * from './wording.ts';
