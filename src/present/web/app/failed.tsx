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
      <div class="welcome-actions">
        <FilePicker class="button primary" label="Choose another file" />
        <button type="button" class="button" onClick={() => void controller.openExample()}>
          Try the example
        </button>
      </div>
    </section>
  );
};
