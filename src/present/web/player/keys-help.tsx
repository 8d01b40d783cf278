import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { Icon } from '../design/icons.tsx';

const KEYS = [
  ['Space, K', 'play and pause'],
  ['J, L', 'slower, faster'],
  ['← →', 'one frame; with Shift, a second'],
  ['Home, End', 'start, end'],
  ['I, O', 'mark where a stretch begins and ends'],
  ['E', 'explain the stretch'],
  ['+ −', 'zoom the timeline'],
  ['0', 'the whole clip'],
  ['Esc', 'forget the stretch'],
] as const;

/** The keys of the player, said where the player is. */
export const KeysHelp = (): JSX.Element => {
  const dialog = useRef<HTMLDialogElement>(null);
  return (
    <>
      <button
        type="button"
        class="icon-button"
        aria-label="Keys"
        title="Keys"
        onClick={() => dialog.current?.showModal()}
      >
        <Icon name="keyboard" />
      </button>
      <dialog ref={dialog} class="keys" aria-labelledby="keys-title">
        <h2 id="keys-title">Keys</h2>
        <dl>
          {KEYS.map(([keys, meaning]) => (
            <div key={keys}>
              <dt>
                <kbd>{keys}</kbd>
              </dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
        <form method="dialog">
          <button type="submit" class="button">
            Close
          </button>
        </form>
      </dialog>
    </>
  );
};
