import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { WhyfaceError } from '../../../kit/error.ts';
import type { Access } from '../api/access.ts';
import type { Service } from '../api/service.ts';
import type { Focus } from '../state/focus.ts';
import type { Names } from '../state/names.ts';
import type { Playhead } from '../state/playhead.ts';
import type { Preferences } from '../state/preferences.ts';
import type { Reading } from '../state/reading.ts';
import type { Revision } from '../state/revision.ts';
import type { Session } from '../state/session.ts';
import type { Talk } from '../state/talk.ts';
import type { View } from '../state/view.ts';
import type { WorkerClient } from '../worker/client.ts';
import type { Controller } from './controller.ts';
import type { Reviser } from './reviser.ts';

/** Everything the parts of the page share. Stores hold state, the controller changes it. */
export type Page = {
  session: Session;
  reading: Reading;
  focus: Focus;
  playhead: Playhead;
  view: View;
  preferences: Preferences;
  service: Service;
  access: Access;
  worker: WorkerClient;
  controller: Controller;
  /** What the reader calls people. */
  names: Names;
  revision: Revision;
  reviser: Reviser;
  talk: Talk;
};

const Context = createContext<Page | null>(null);
export const PageProvider = Context.Provider;

export const usePage = (): Page => {
  const page = useContext(Context);
  if (page === null) {
    throw new WhyfaceError({ code: 'internal', stage: 'present', message: 'A part of the page stands outside it.' });
  }
  return page;
};
