import type { ComponentType } from 'preact';
import type { OpenClip } from '../state/session.ts';

/** What stands in the header: actions on the open clip, and pages beside it (for example, scoring predictions). */
export type HeaderAction = { id: string; load: () => Promise<ComponentType<{ clip: OpenClip }>> };
export type TopRoom = { id: string; name: string; load: () => Promise<ComponentType<object>> };

/** Actions on the open clip, such as what to take away from it. */
export const HEADER_ACTIONS: readonly HeaderAction[] = [
  { id: 'export', load: async () => (await import('../export/export-menu.tsx')).ExportMenu },
];
/** Pages of their own, reached by the fragment of the address: `#evaluate`. */
export const TOP_ROOMS: readonly TopRoom[] = [
  { id: 'evaluate', name: 'Evaluate', load: async () => (await import('../evaluate/evaluate-room.tsx')).EvaluateRoom },
];
