/** THE SPEC: schemas and types of everything that crosses a border. No node imports; runs on Workers and in browsers. */
export * from './action-unit.ts';
export * from './analysis.ts';
export * from './attention.ts';
export * from './chat.ts';
export * from './clip.ts';
export * from './explanation.ts';
export * from './expression.ts';
export type { Fact, Facts } from './facts.ts';
export * from './observation.ts';
export * from './options.ts';
export * from './percepts.ts';
export * from './record.ts';
export * from './speech.ts';
export type { Still } from './still.ts';
export * from './time.ts';
export * from './voice.ts';
