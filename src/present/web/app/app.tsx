import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Lazy } from '../design/lazy.tsx';
import type { SessionState } from '../state/session.ts';
import { useStore } from '../state/store.ts';
import './app.css';
import { About } from './about.tsx';
import { Failed } from './failed.tsx';
import { Header } from './header.tsx';
import { TOP_ROOMS } from './header-rooms.ts';
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
  const place = usePlace();
  const room = TOP_ROOMS.find(({ id }) => id === place);
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
        {room === undefined ? <ClipPhase now={now} /> : <Lazy key={room.id} load={room.load} props={{}} />}
      </main>
      <About />
      {over && <div class="drop-note">Let go to analyse</div>}
    </div>
  );
};

const ClipPhase = ({ now }: { now: SessionState }): JSX.Element => {
  switch (now.phase) {
    case 'empty':
      return <Welcome />;
    case 'working':
      return <Working work={now.work} />;
    case 'failed':
      return <Failed failure={now.failure} />;
    case 'ready':
      return <Workspace clip={now.clip} />;
  }
};

/** The fragment of the address: which room is open. */
const usePlace = (): string => {
  const [place, setPlace] = useState(location.hash.slice(1));
  useEffect(() => {
    const follow = (): void => setPlace(location.hash.slice(1));
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);
  return place;
};
