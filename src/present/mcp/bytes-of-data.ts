import { WhyfaceError } from '../../kit/error.ts';
import { bytesOfBase64 } from '../view/base64.ts';

/** The bytes of base64 text, or of a data URL. @throws WhyfaceError `usage` */
export const bytesOfData = (data: string): Uint8Array => {
  const url = /^data:[^,]*;base64,/i.exec(data);
  const bytes = bytesOfBase64(url === null ? data : data.slice(url[0].length));
  if (bytes === null) {
    throw new WhyfaceError({ code: 'usage', stage: 'input', message: 'The data of the clip is not base64.' });
  }
  return bytes;
};
