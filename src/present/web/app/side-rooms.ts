import type { ComponentType } from 'preact';
import type { OpenClip } from '../state/session.ts';

/** A room beside the clip. Its code is fetched when it is first opened. */
export type SideRoom = {
  id: string;
  /** On its tab. */
  name: string;
  load: () => Promise<ComponentType<{ clip: OpenClip }>>;
};

/** The rooms after "Why", in the order of their tabs. */
export const SIDE_ROOMS: readonly SideRoom[] = [
  { id: 'ask', name: 'Ask', load: async () => (await import('../chat/chat-room.tsx')).ChatRoom },
  { id: 'people', name: 'People', load: async () => (await import('../people/people-room.tsx')).PeopleRoom },
  {
    id: 'correct',
    name: 'Correct it',
    load: async () => (await import('../corrections/correct-room.tsx')).CorrectRoom,
  },
];
