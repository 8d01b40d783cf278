import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { usePage } from './page-context.ts';

const ACCEPT = 'video/*,audio/*,image/*,.srt,.vtt,.ass,.csv,.json,.mkv,.mov';

/** Opens the system's own dialog: a clip, and its subtitle file with it if there is one. */
export const FilePicker = ({ class: className, label }: { class: string; label: string }): JSX.Element => {
  const { controller } = usePage();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" class={className} onClick={() => input.current?.click()}>
        {label}
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={ACCEPT}
        aria-label={label}
        onChange={(event) => {
          const { files } = event.currentTarget;
          const chosen = [...(files ?? [])];
          event.currentTarget.value = '';
          void controller.open(chosen);
        }}
      />
    </>
  );
};
