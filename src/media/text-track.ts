import type { DraftCue } from './subtitles/draft-cue.ts';
import { stripMarkup } from './subtitles/strip-markup.ts';

/** What a container tells about words: its first text track, and the language its sound is marked with. */
export type TextTracks = {
  track: {
    /** FFmpeg's name of the coding: mov_text, subrip, webvtt, ass, text. */
    format: string;
    language: string | null;
    /** Times in unrounded milliseconds from the start of the media; unchecked. */
    cues: DraftCue[];
  } | null;
  soundLanguage: string | null;
};

/** ISO 639-2, both of its forms, as containers use them. */
const LANGUAGES: Readonly<Record<string, string>> = {
  ara: 'ar', chi: 'zh', zho: 'zh', cze: 'cs', ces: 'cs', dan: 'da', dut: 'nl', nld: 'nl', eng: 'en', fin: 'fi', fre: 'fr', fra: 'fr', ger: 'de', deu: 'de', gre: 'el', ell: 'el', heb: 'he', hin: 'hi', hun: 'hu', ita: 'it', jpn: 'ja', kor: 'ko', nor: 'no', nob: 'no', pol: 'pl', por: 'pt', rum: 'ro', ron: 'ro', rus: 'ru', spa: 'es', swe: 'sv', tha: 'th', tur: 'tr', ukr: 'uk', vie: 'vi',
}; // biome-ignore format: one table

/** BCP 47 of a container's language mark; `null` for "undetermined" and whatever is no language. */
export const containerLanguage = (mark: string | null | undefined): string | null => {
  const tag = (mark ?? '').trim().toLowerCase();
  return LANGUAGES[tag] ?? (/^[a-z]{2}(?:-[a-z0-9]{2,8})*$/.test(tag) ? tag : null);
};

/**
 * The words of one packet of a text track.
 *
 * `mov_text` (3GPP TS 26.245 §5.16): two bytes of length, then the text. ASS in Matroska: eight fields before it.
 */
export const packetText = (format: string, data: Uint8Array): string => {
  const utf8 = new TextDecoder('utf-8');
  if (format === 'mov_text') {
    const length = ((data[0] ?? 0) << 8) | (data[1] ?? 0);
    return plain(utf8.decode(data.subarray(2, 2 + length)));
  }
  const text = utf8.decode(data.subarray(0, 20_000));
  return plain(
    format === 'ass'
      ? text
          .split(',')
          .slice(8)
          .join(',')
          .replace(/\\[Nnh]/g, ' ')
      : text,
  );
};

const plain = (text: string): string =>
  stripMarkup(text)
    .map((part) => part.text)
    .join('');
