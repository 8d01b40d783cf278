import type { JSX } from 'preact';
import { FaceDrawing } from '../face/face-drawing.tsx';
import { FilePicker } from './file-picker.tsx';
import { usePage } from './page-context.ts';

export const Welcome = (): JSX.Element => {
  const { controller } = usePage();
  return (
    <section class="welcome">
      <div class="welcome-words">
        <h2>Why does this face read as it does?</h2>
        <p class="lead">
          Drop a clip, a photo or a recording anywhere on this page. whyface measures the movements of the face, the
          tone of the voice and the words, and argues from them step by step, each step with evidence you can play.
        </p>
        <div class="welcome-actions">
          <FilePicker class="button primary" label="Choose a file" />
          <button type="button" class="button" onClick={() => void controller.openExample()}>
            Try the example
          </button>
        </div>
        <p class="fine">
          Your file is analysed by the whyface service this page came from, and deleted there as soon as it is measured.
          Numbers and text go when you close it, or after an hour unused. A subtitle file dropped along is read, too.
        </p>
      </div>
      <FaceDrawing />
    </section>
  );
};
