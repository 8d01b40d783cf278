import type { JSX } from 'preact';
import type { Correction } from '../../../contracts/index.ts';
import { correctionsCsv } from '../../csv/corrections.ts';
import { usePage } from '../app/page-context.ts';
import { clipEaf, correctionsJson } from '../export/documents.ts';
import { saveText } from '../export/save-file.ts';
import type { OpenClip } from '../state/session.ts';

/** Corrections as files, for evaluation and for annotation tools. */
export const SaveCorrections = ({
  clip,
  corrections,
}: {
  clip: OpenClip;
  corrections: readonly Correction[];
}): JSX.Element => {
  const { reading } = usePage();
  return (
    <p class="save-row">
      <span class="fine">Take them away:</span>
      <button
        type="button"
        class="button"
        onClick={() => saveText(correctionsJson(clip, corrections), 'corrections.json', 'application/json')}
      >
        JSON
      </button>
      <button
        type="button"
        class="button"
        onClick={() => saveText(correctionsCsv(corrections), 'corrections.csv', 'text/csv')}
      >
        CSV
      </button>
      <button
        type="button"
        class="button"
        onClick={() => saveText(clipEaf(clip, corrections, reading.get()), 'annotations.eaf', 'application/xml')}
      >
        ELAN
      </button>
    </p>
  );
};
