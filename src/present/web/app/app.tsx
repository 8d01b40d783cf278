import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useStore } from '../state/store.ts';
import './app.css';
import { About } from './about.tsx';
import { Failed } from './failed.tsx';
import { Header } from './header.tsx';
import { listenForDrops } from './listen-for-drops.ts';
import { usePage } from './page-context.ts';
import { Welcome } from './welcome.tsx';
import { Working } from './working.tsx';
import { Workspace } from './workspace.tsx';

/** The page: one clip at a time, dropped anywhere. */
export const App = (): JSX.Element => {
  const { session, controller } = usePage();
  const now = useStore(session, (state) => state.now);
  const [over, setOver] = useState(false);
  useEffect(() => {
    document.title = now.phase === 'ready' ? `${now.clip.name} – whyface` : 'whyface';
  }, [now]);
  useEffect(
    () => listenForDrops(document, { onOver: setOver, onFiles: (files) => void controller.open(files) }),
    [controller],
  );
  return (
    <div class={over ? 'app over' : 'app'}>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <Header />
      <main id="main" tabIndex={-1}>
        {now.phase === 'empty' && <Welcome />}
        {now.phase === 'working' && <Working work={now.work} />}
        {now.phase === 'failed' && <Failed failure={now.failure} />}
        {now.phase === 'ready' && <Workspace clip={now.clip} />}
      </main>
      <About />
      {over && <div class="drop-note">Let go to analyse</div>}
    </div>
  );
};
