export { loadManifest, type ModelEntry, type ModelManifest, modelManifest, parseManifest } from './manifest.ts';
export { isOffline, type ModelEnvironment, modelsFolder } from './models-folder.ts';
export type { PullProgress } from './pull.ts';
export { createSessions, type OpenGraph, type SessionOptions, type Sessions } from './sessions.ts';
export {
  type LoadedGraph,
  type ModelStatus,
  type ModelStore,
  type ModelStoreOptions,
  openModelStore,
  type PullResult,
  type VerifyResult,
} from './store.ts';
