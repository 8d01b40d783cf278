import type { JSX } from 'preact';
import { Icon } from '../design/icons.tsx';
import { Lazy } from '../design/lazy.tsx';
import type { Theme } from '../state/preferences.ts';
import { useStore } from '../state/store.ts';
import { FilePicker } from './file-picker.tsx';
import { HEADER_ACTIONS, TOP_ROOMS } from './header-rooms.ts';
import { usePage } from './page-context.ts';

const NEXT: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' };
const ICONS = { system: 'system', light: 'sun', dark: 'moon' } as const;
const WORDS: Record<Theme, string> = { system: 'as your system', light: 'light', dark: 'dark' };

export const Header = (): JSX.Element => {
  const { session, preferences, controller } = usePage();
  const now = useStore(session, (state) => state.now);
  const theme = useStore(preferences, (state) => state.theme);
  return (
    <header class="header">
      <h1 class="mark">
        <button type="button" onClick={() => void controller.close()}>
          whyface
        </button>
      </h1>
      {now.phase === 'ready' && (
        <span class="file-name" title={now.clip.name}>
          <bdi>{now.clip.name}</bdi>
        </span>
      )}
      <div class="header-actions">
        {now.phase === 'ready' &&
          HEADER_ACTIONS.map(({ id, load }) => <Lazy key={id} load={load} props={{ clip: now.clip }} />)}
        {TOP_ROOMS.map(({ id, name }) => (
          <a key={id} class="button plain" href={`#${id}`}>
            {name}
          </a>
        ))}
        {now.phase === 'ready' && <FilePicker class="button plain" label="Open another" />}
        <button
          type="button"
          class="icon-button"
          title={`Theme: ${WORDS[theme]}`}
          aria-label={`Theme: ${WORDS[theme]}. Change to ${WORDS[NEXT[theme]]}.`}
          onClick={() => preferences.set({ theme: NEXT[theme] })}
        >
          <Icon name={ICONS[theme]} />
        </button>
      </div>
    </header>
  );
};
