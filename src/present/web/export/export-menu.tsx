import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { correctionsCsv } from '../../csv/corrections.ts';
import { failureOf } from '../api/failure.ts';
import { writeLink } from '../app/link.ts';
import { usePage } from '../app/page-context.ts';
import { inForce } from '../state/revision.ts';
import type { OpenClip } from '../state/session.ts';
import { useStore } from '../state/store.ts';
import { apexPicture } from './apex-picture.ts';
import { clipEaf, correctionsJson, recordJson } from './documents.ts';
import { saveBlob, saveText } from './save-file.ts';
import './export.css';

/** The clip's name without its ending, as a file name: letters and digits alone. */
const stemOf = (name: string): string => name.replace(/\.[^.]*$/, '').replace(/[^\p{L}\p{N}_-]+/gu, '-') || 'clip';

/** What to take away from the clip that is open. */
export const ExportMenu = ({ clip }: { clip: OpenClip }): JSX.Element => {
  const { reading, revision, preferences, playhead, access } = usePage();
  const corrections = inForce(useStore(revision, ({ log }) => log));
  const [told, tell] = useState<string | null>(null);
  const [link, setLink] = useState<string | null>(null);
  const { resourceId, media } = clip;
  const stem = stemOf(clip.name);

  const attempt = (action: () => Promise<string | null>) => (): void => {
    tell(null);
    action().then(tell, (thrown) => tell(failureOf(thrown).message));
  };
  const fromService = (path: string, name: string): (() => void) =>
    attempt(async () => {
      const response = await fetch(new URL(`v1/analyses/${resourceId}/${path}`, document.baseURI), {
        headers: access.headers(),
      });
      if (!response.ok) {
        return 'The service has it no longer: it forgets a clip after an hour unused.';
      }
      saveBlob(await response.blob(), name);
      return null;
    });
  const picture = attempt(async () => {
    const { png, subject, ms } = await apexPicture(clip, {
      subject: reading.get().question.subject,
      parts: preferences.get().overlay,
    });
    saveBlob(png, `${stem}-${subject}-${ms}ms.png`);
    return null;
  });
  const copyLink = attempt(async () => {
    const { subject, range, reasoner } = reading.get().question;
    const url = new URL(document.baseURI);
    url.hash = writeLink({ resourceId: resourceId ?? '', ms: playhead.get().ms, subject, range, reasoner });
    setLink(url.href);
    return navigator.clipboard.writeText(url.href).then(
      () =>
        'Copied. It opens this moment as long as the service holds the clip’s numbers; the clip itself is not in it.',
      () => 'Copy it from here:',
    );
  });
  const rows: ReadonlyArray<{ name: string; detail: string; save: () => void; off?: boolean }> = [
    {
      name: 'Report',
      detail: 'one page with its evidence, HTML',
      save: fromService('report.html', `${stem}.html`),
      off: resourceId === null,
    },
    {
      name: 'Measurements',
      detail: 'a row a face a frame, CSV',
      save: fromService('observations.csv', `${stem}.csv`),
      off: resourceId === null,
    },
    {
      name: 'Observations and explanation',
      detail: 'as they are shown, JSON',
      save: () => saveText(recordJson(clip, reading.get()), `${stem}.json`, 'application/json'),
    },
    {
      name: 'Annotations',
      detail: 'tiers for ELAN, EAF',
      save: () => saveText(clipEaf(clip, corrections, reading.get()), `${stem}.eaf`, 'application/xml'),
    },
    {
      name: 'Picture of the apex',
      detail: 'with the overlay as it is switched, PNG',
      save: picture,
      off: media === null || media.kind === 'audio',
    },
    ...(corrections.length === 0
      ? []
      : [
          {
            name: 'Corrections',
            detail: 'for evaluation, JSON',
            save: () => saveText(correctionsJson(clip, corrections), `${stem}-corrections.json`, 'application/json'),
          },
          {
            name: 'Corrections',
            detail: 'as a table, CSV',
            save: () => saveText(correctionsCsv(corrections), `${stem}-corrections.csv`, 'text/csv'),
          },
        ]),
    { name: 'Link to this moment', detail: 'person, stretch and reasoner', save: copyLink, off: resourceId === null },
  ];
  return (
    <>
      <button type="button" class="button plain" popovertarget="export-menu">
        Export
      </button>
      <div id="export-menu" class="export-menu" popover="auto" role="dialog" aria-label="Export">
        <ul>
          {rows.map(({ name, detail, save, off = false }) => (
            <li key={`${name}${detail}`}>
              <button type="button" disabled={off} onClick={save}>
                <b>{name}</b>
                <span>{detail}</span>
              </button>
            </li>
          ))}
        </ul>
        <p class="export-told" aria-live="polite">
          {told}
        </p>
        {link !== null && (
          <input
            class="text"
            readOnly
            aria-label="Link to this moment"
            value={link}
            onFocus={(event) => event.currentTarget.select()}
          />
        )}
      </div>
    </>
  );
};
