import { render } from 'preact';
import './design/tokens.css';
import './design/base.css';
import { createAccess } from './api/access.ts';
import { createCorrectionStore } from './api/corrections.ts';
import { createService } from './api/service.ts';
import { App } from './app/app.tsx';
import { createController } from './app/controller.ts';
import { exampleFiles } from './app/example.ts';
import { readLink } from './app/link.ts';
import { PageProvider } from './app/page-context.ts';
import { createReviser } from './app/reviser.ts';
import { followTheme } from './design/theme.ts';
import { createFocus } from './state/focus.ts';
import { createNames } from './state/names.ts';
import { createPlayhead } from './state/playhead.ts';
import { createPreferences } from './state/preferences.ts';
import { createReading } from './state/reading.ts';
import { createRevision } from './state/revision.ts';
import { createSession } from './state/session.ts';
import { createTalk } from './state/talk.ts';
import { createView } from './state/view.ts';
import { createWorkerClient } from './worker/client.ts';

const session = createSession();
const reading = createReading();
const focus = createFocus();
const playhead = createPlayhead();
const view = createView();
const preferences = createPreferences(window.localStorage);
const worker = createWorkerClient(
  () => new Worker(new URL('./worker/data.worker.ts', import.meta.url), { type: 'module' }),
);
const access = createAccess(window.sessionStorage);
const base = new URL('.', document.baseURI);
const service = createService(base, worker, access);
const controller = createController({
  session,
  reading,
  focus,
  playhead,
  view,
  service,
  worker,
  example: exampleFiles,
});

const names = createNames(window.sessionStorage);
const revision = createRevision();
const talk = createTalk();
const store = createCorrectionStore(base, worker, access);
const reviser = createReviser({ session, reading, revision, names, worker, store, controller });

followTheme(preferences, document.documentElement);
const root = document.getElementById('page');
const follow = (): void => {
  const link = readLink(location.hash);
  if (link !== null) {
    void controller.openLinked(link);
  }
};
follow();
window.addEventListener('hashchange', follow);
if (root !== null) {
  const page = {
    session,
    reading,
    focus,
    playhead,
    view,
    preferences,
    service,
    access,
    worker,
    controller,
    names,
    revision,
    reviser,
    talk,
  };
  render(
    <PageProvider value={page}>
      <App />
    </PageProvider>,
    root,
  );
}
