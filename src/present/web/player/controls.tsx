import type { JSX } from 'preact';
import { timeText } from '../../view/words.ts';
import { usePage } from '../app/page-context.ts';
import { Icon } from '../design/icons.tsx';
import { RATES } from '../state/playhead.ts';
import { useStore } from '../state/store.ts';
import { KeysHelp } from './keys-help.tsx';

export const Controls = (): JSX.Element => {
  const { playhead } = usePage();
  const playing = useStore(playhead, (state) => state.playing);
  const rate = useStore(playhead, (state) => state.rate);
  const tenths = useStore(playhead, (state) => Math.floor(state.ms / 100));
  const durationMs = useStore(playhead, (state) => state.durationMs);
  return (
    <div class="controls">
      <button
        type="button"
        class="icon-button"
        aria-label="One frame back"
        title="One frame back (←)"
        onClick={() => playhead.step(-1)}
      >
        <Icon name="back" />
      </button>
      <button
        type="button"
        class="icon-button play"
        aria-label={playing ? 'Pause' : 'Play'}
        title={`${playing ? 'Pause' : 'Play'} (space)`}
        onClick={() => playhead.toggle()}
      >
        <Icon name={playing ? 'pause' : 'play'} />
      </button>
      <button
        type="button"
        class="icon-button"
        aria-label="One frame on"
        title="One frame on (→)"
        onClick={() => playhead.step(1)}
      >
        <Icon name="forward" />
      </button>
      <span class="time">
        <b>{timeText(tenths * 100)}</b> / {timeText(durationMs)}
      </span>
      <select
        class="select"
        aria-label="Speed"
        title="Speed (J slower, L faster)"
        value={rate}
        onChange={(event) => playhead.setRate(Number(event.currentTarget.value))}
      >
        {RATES.map((each) => (
          <option key={each} value={each}>
            {each}×
          </option>
        ))}
      </select>
      <KeysHelp />
    </div>
  );
};
