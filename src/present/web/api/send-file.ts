import type { AnalyseOptions } from './service.ts';

/**
 * Sends a file, raw, with progress: `fetch` cannot say how much has gone out. With words beside it, as a form.
 *
 * @throws TypeError where nothing answers; DOMException `AbortError`
 */
export const sendFile = (
  url: URL,
  file: Blob,
  name: string,
  {
    transcript,
    headers,
    onSent,
    signal,
  }: Pick<AnalyseOptions, 'transcript' | 'onSent' | 'signal'> & { headers: Record<string, string> },
): Promise<{ status: number; text: string }> =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = (): void => request.abort();
    request.open('POST', url);
    request.setRequestHeader('accept', 'application/json');
    for (const [header, value] of Object.entries(headers)) {
      request.setRequestHeader(header, value);
    }
    request.upload.addEventListener('progress', ({ loaded, total, lengthComputable }) =>
      onSent(lengthComputable && total > 0 ? loaded / total : 0),
    );
    request.upload.addEventListener('load', () => onSent(1));
    request.addEventListener('load', () => resolve({ status: request.status, text: request.responseText }));
    request.addEventListener('error', () => reject(new TypeError('network')));
    request.addEventListener('abort', () => reject(new DOMException('Stopped.', 'AbortError')));
    request.addEventListener('loadend', () => signal.removeEventListener('abort', stop));
    signal.addEventListener('abort', stop);
    if (transcript === undefined) {
      request.setRequestHeader('content-type', file.type === '' ? 'application/octet-stream' : file.type);
      request.send(file);
    } else {
      const form = new FormData();
      form.append('file', file, name);
      form.append('transcript', new Blob([transcript.text], { type: 'text/plain' }), transcript.name);
      request.send(form);
    }
  });
