import type { ComponentType, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { failureOf } from '../api/failure.ts';

type LazyProps<Props> = {
  load: () => Promise<ComponentType<Props>>;
  props: Props;
};

/** A part whose code is fetched when it is first shown. */
export const Lazy = <Props extends object>({ load, props }: LazyProps<Props>): JSX.Element => {
  const [state, setState] = useState<{ Part: ComponentType<Props> | null; failure: string | null }>({
    Part: null,
    failure: null,
  });
  useEffect(() => {
    let gone = false;
    load().then(
      (Part) => gone || setState({ Part, failure: null }),
      (thrown) => gone || setState({ Part: null, failure: failureOf(thrown).message }),
    );
    return () => {
      gone = true;
    };
  }, [load]);
  if (state.failure !== null) {
    return (
      <p class="notice-box" role="alert">
        {state.failure}
      </p>
    );
  }
  return state.Part === null ? <p class="fine">One moment …</p> : <state.Part {...props} />;
};
