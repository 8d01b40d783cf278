import type { JSX } from 'preact';
import type { Failure } from '../state/session.ts';
import { FilePicker } from './file-picker.tsx';
import { usePage } from './page-context.ts';

export const Failed = ({ failure }: { failure: Failure & { name: string } }): JSX.Element => {
  const { controller } = usePage();
  return (
    <section class="failed">
      <p class="fine">
        <bdi>{failure.name}</bdi>
      </p>
      <div role="alert">
        <h2>{failure.message}</h2>
      </div>
      {failure.code !== null && <p class="fine">{failure.code}</p>}
      {failure.code === 'unauthenticated' && <KeyForm />}
      <div class="welcome-actions">
        {failure.code === null && (
          <button type="button" class="button" onClick={() => void controller.retry()}>
            Try again
          </button>
        )}
        <FilePicker class="button primary" label="Choose another file" />
        <button type="button" class="button" onClick={() => void controller.openExample()}>
          Try the example
        </button>
      </div>
    </section>
  );
};

/** A service for others asks for a key; it is kept for this tab only. */
const KeyForm = (): JSX.Element => {
  const { access, controller } = usePage();
  return (
    <form
      class="key-form"
      onSubmit={(event) => {
        event.preventDefault();
        const key = new FormData(event.currentTarget).get('key');
        access.use(typeof key === 'string' ? key : '');
        void controller.retry();
      }}
    >
      <label>
        Key <input name="key" type="password" autocomplete="off" class="field" />
      </label>
      <button type="submit" class="button primary">
        Use it
      </button>
    </form>
  );
};
