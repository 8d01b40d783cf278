import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { speechCue } from '../../../src/contracts/index.ts';
import { WhyfaceError } from '../../../src/kit/error.ts';
import { LIMITS } from '../../../src/kit/limits.ts';
import { readSubtitles } from '../../../src/media/subtitles/read-subtitles.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string) => readSubtitles(bytesOf(text), 'clip.srt');
const codeOf = (bytes: Uint8Array): string => {
  try {
    readSubtitles(bytes, 'clip.srt');
    return 'fine';
  } catch (thrown) {
    return WhyfaceError.isInstance(thrown) ? thrown.code : String(thrown);
  }
};

const SRT =
  '1\r\n00:00:01,000 --> 00:00:02,500\r\nIch bin\r\nschon da.\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\nWürde er kommen?\r\n';

describe('formats', () => {
  it('reads SRT, lines of a cue joined by a space', () => {
    expect(read(SRT)).toMatchObject({
      format: 'srt',
      timed: true,
      warnings: [],
      cues: [
        { startMs: 1000, endMs: 2500, text: 'Ich bin schon da.', speaker: null },
        { startMs: 3000, endMs: 4000, text: 'Würde er kommen?' },
      ],
    });
  });

  it('reads SRT without blank lines between the cues', () => {
    const { cues } = read(SRT.replaceAll('\r\n\r\n', '\r\n'));
    expect(cues.map(({ text }) => text)).toEqual(['Ich bin schon da.', 'Würde er kommen?']);
  });

  it('reads WebVTT: notes and styles skipped, hours optional, settings ignored, voices as speakers, inline times as word times', () => {
    const { cues, language, format } = read(
      [
        'WEBVTT - a title', 'Kind: captions', 'Language: en', '',
        'NOTE', 'not --this', '', 'STYLE', '::cue { color: red }', '',
        'intro', '00:01.000 --> 00:02.000 align:start position:0%', '<v.loud Anna Lee>Hi, <i>you</i> &amp; me', '<v Bob>Well&nbsp;…', '',
        '00:03.000 --> 00:05.000', 'so <00:00:03.500><c>it</c> <00:00:04.000><c>goes</c>',
      ].join('\n'),
    ); // biome-ignore format: one file
    expect({ format, language }).toEqual({ format: 'vtt', language: 'en' });
    expect(cues).toEqual([
      { startMs: 1000, endMs: 2000, text: 'Hi, you & me', speaker: 'Anna Lee', words: [] },
      { startMs: 1000, endMs: 2000, text: 'Well …', speaker: 'Bob', words: [] },
      {
        startMs: 3000,
        endMs: 5000,
        text: 'so it goes',
        speaker: null,
        words: [
          { text: 'so', startMs: 3000, endMs: 3500, confidence: null },
          { text: 'it', startMs: 3500, endMs: 4000, confidence: null },
          { text: 'goes', startMs: 4000, endMs: 5000, confidence: null },
        ],
      },
    ]);
  });

  it('says rolling captions once', () => {
    const { cues } = read(
      'WEBVTT\n\n00:00:00.000 --> 00:00:02.000\n \nhello<00:00:00.500><c> there</c>\n\n00:00:02.000 --> 00:00:02.010\nhello there\n\n00:00:02.010 --> 00:00:04.000\nhello there\nmy<00:00:02.500><c> friend</c>\n',
    );
    expect(cues.map(({ text }) => text)).toEqual(['hello there', 'my friend']);
  });

  it('reads ASS without its overrides, drawings and styles', () => {
    const { cues, format } = read(
      '[Script Info]\nTitle: x\n[V4+ Styles]\nStyle: Default,Arial\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\nDialogue: 0,0:00:01.50,0:00:02.00,Default,Ann,0,0,0,,{\\an8}Hello,\\Nworld\nDialogue: 0,0:00:03.00,0:00:04.00,Default,,0,0,0,,{\\p1}m 0 0 l 9 9{\\p0}\nComment: 0,0:00:03.00,0:00:04.00,Default,,0,0,0,,no\n',
    );
    expect(format).toBe('ass');
    expect(cues).toEqual([{ startMs: 1500, endMs: 2000, text: 'Hello, world', speaker: 'Ann', words: [] }]);
  });

  it.each([
    ['openai-whisper', { text: ' Hi.', language: 'en', segments: [{ id: 0, start: 1, end: 2.5, text: ' Hi.', words: [{ word: ' Hi.', start: 1.1, end: 1.5, probability: 0.9 }] }] }, 'whisper-json'],
    ['the API, words apart', { task: 'transcribe', language: 'english', segments: [{ start: 1, end: 2.5, text: ' Hi.' }], words: [{ word: 'Hi.', start: 1.1, end: 1.5 }] }, 'whisper-json'],
    ['WhisperX', { segments: [{ start: 1, end: 2.5, text: 'Hi.', speaker: 'SPEAKER_00', words: [{ word: 'Hi.', start: 1.1, end: 1.5, score: 0.9 }] }], word_segments: [], language: 'en' }, 'whisperx-json'],
  ] as const)('reads the JSON of %s with word times', (_, value, format) => {
    const found = read(JSON.stringify(value));
    expect(found).toMatchObject({ format, language: 'en', timed: true });
    expect(found.cues).toMatchObject([{ startMs: 1000, endMs: 2500, text: 'Hi.', words: [{ text: 'Hi.', startMs: 1100, endMs: 1500 }] }]);
  }); // biome-ignore format: one row a program

  it.each([
    ['transformers', { text: 'Hi.', chunks: [{ text: ' Hi.', timestamp: [1, 2.5] }] }],
    [
      'whisper.cpp',
      { result: { language: 'en' }, transcription: [{ text: ' Hi.', offsets: { from: 1000, to: 2500 } }] },
    ],
    ['a list', [{ start: 1, end: 2.5, text: 'Hi.' }]],
  ])('reads the JSON of %s', (_, value) => {
    expect(read(JSON.stringify(value)).cues).toMatchObject([{ startMs: 1000, endMs: 2500, text: 'Hi.' }]);
  });

  it("reads Whisper's table", () => {
    expect(read('start\tend\ttext\n1000\t2500\tHi.\n').cues).toMatchObject([
      { startMs: 1000, endMs: 2500, text: 'Hi.' },
    ]);
  });

  it('takes anything else for words without times, a paragraph each', () => {
    expect(read('I did not\nexpect that.\n\nReally.')).toMatchObject({
      format: 'text',
      timed: false,
      cues: [{ text: 'I did not expect that.' }, { text: 'Really.' }],
    });
  });

  it('names the speakers that the text names', () => {
    const { cues } = read('1\n00:00:01,000 --> 00:00:02,000\n- ANNA: No.\n- Yes.\n');
    expect(cues.map(({ speaker, text }) => [speaker, text])).toEqual([
      ['ANNA', 'No.'],
      [null, 'Yes.'],
    ]);
  });
});

describe('encodings', () => {
  const utf16 = (text: string, little: boolean): Uint8Array => {
    const bytes = new Uint8Array(text.length * 2);
    const view = new DataView(bytes.buffer);
    for (let index = 0; index < text.length; index += 1) {
      view.setUint16(index * 2, text.charCodeAt(index), little);
    }
    return bytes;
  };
  it.each([
    ['UTF-8 with a mark', bytesOf(`\ufeff${SRT}`), []],
    ['UTF-16 LE with a mark', utf16(`\ufeff${SRT}`, true), []],
    ['UTF-16 BE with a mark', utf16(`\ufeff${SRT}`, false), []],
    ['UTF-16 LE without a mark', utf16(SRT, true), []],
    ['Latin-1', Uint8Array.from(SRT, (character) => character.charCodeAt(0)), ['transcript-encoding']],
  ])('reads %s', (_, bytes, codes) => {
    const found = readSubtitles(bytes, 'x');
    expect(found.cues.map(({ text }) => text)).toEqual(['Ich bin schon da.', 'Würde er kommen?']);
    expect(found.warnings.map(({ code }) => code)).toEqual(codes);
  });
});

describe('bad input', () => {
  it('puts overlapping, negative and reversed cues right, and says so', () => {
    const { cues, warnings } = read(
      '1\n00:00:05,000 --> 00:00:04,000\nreversed\n\n2\n-00:00:01,000 --> 00:00:02,000\nearly\n\n3\n00:00:01,000 --> 00:00:06,000\nover\n\n4\n-00:00:03,000 --> -00:00:02,000\nbefore\n',
    );
    expect(cues.map(({ startMs, endMs, text }) => [startMs, endMs, text])).toEqual([
      [0, 2000, 'early'],
      [1000, 6000, 'over'],
      [4000, 5000, 'reversed'],
    ]);
    expect(warnings).toMatchObject([{ code: 'transcript-repaired' }]);
  });

  it('keeps no markup, no control characters and nothing invisible, and all else', () => {
    const { cues } = read(
      '1\n00:00:01,000 --> 00:00:02,000\n<font color="#ff0000">{\\an8}a\u202e\u200b\u0007 <b>b</b></font> 1 < 2 {sic} &lt;i&gt; <3\n',
    );
    expect(cues[0]?.text).toBe('a b 1 < 2 {sic} <i> <3');
  });

  it.each([
    ['no bytes', new Uint8Array(), 'media-empty'],
    ['blanks', bytesOf(' \n \n'), 'media-empty'],
    ['a picture', Uint8Array.from({ length: 4096 }, (_, index) => (index * 197) % 256), 'input-invalid'],
    ['other JSON', bytesOf('{"schema": "whyface/percepts@1"}'), 'input-invalid'],
    ['broken JSON', bytesOf('{"segments": [{"start": 1,'), 'input-invalid'],
    ['deep JSON', bytesOf('['.repeat(500_000)), 'input-invalid'],
    ['TTML', bytesOf('<?xml version="1.0"?><tt xmlns="http://www.w3.org/ns/ttml"></tt>'), 'input-invalid'],
    ['a line of 10 MB', new Uint8Array(10_000_000).fill(97), 'media-too-large'],
  ])('answers %s with a typed error', (_, bytes, code) => {
    expect(codeOf(bytes)).toBe(code);
  });

  const full = (piece: string): string => piece.repeat(Math.floor(LIMITS.subtitleBytes / bytesOf(piece).length));
  it.each([
    ['1 MB without a blank line', `1\n00:00:01,000 --> 00:00:02,000\n${full('word ').slice(0, 1_000_000)}`],
    ['a storm of arrows', full('-->\n')],
    ['a line of arrows', full('-->')],
    ['timing lines only', full('00:00:01,000 --> 00:00:02,000\n')],
    ['half timing lines', full('00:00:00:00:00,')],
    ['opening brackets', `WEBVTT\n\n00:01.000 --> 00:02.000\n${full('<').slice(0, 1_000_000)}`],
    ['unclosed tags', `WEBVTT\n\n00:01.000 --> 00:02.000\n${full('<v ').slice(0, 1_000_000)}`],
    ['braces', `1\n00:00:01,000 --> 00:00:02,000\n${full('{\\').slice(0, 1_000_000)}`],
    ['ampersands', `1\n00:00:01,000 --> 00:00:02,000\n${full('&#').slice(0, 1_000_000)}`],
    ['carriage returns', `WEBVTT${full('\r').slice(0, 1_000_000)}`],
    ['spaces', `${full(' ').slice(0, 1_000_000)}x`],
    ['many cues', full('00:01.000 --> 00:02.000\na\n\n')],
    ['rolling captions', `WEBVTT\n\n${full('00:01.000 --> 00:02.000\na<00:00:01.000><c>b\n\n').slice(0, 1_000_000)}`],
    [
      'JSON segments',
      `[${full('{"start":1,"end":2,"text":"a"},')
        .slice(0, 900_000)
        .replace(/,?\{?[^}]*$/, '')}]`,
    ],
  ])('gets through %s within the limits', (_, text) => {
    const started = process.cpuUsage();
    const outcome = codeOf(bytesOf(text));
    const { user } = process.cpuUsage(started);
    expect(['fine', 'input-invalid', 'media-empty']).toContain(outcome);
    // Not a benchmark: anything that is not linear takes minutes here.
    expect(user / 1000).toBeLessThan(2000);
    if (outcome === 'fine') {
      const { cues } = readSubtitles(bytesOf(text), 'x');
      expect(cues.length).toBeLessThanOrEqual(LIMITS.subtitleCues);
      expect(cues.every((cue) => cue.text.length <= 2000)).toBe(true);
    }
  });

  const piece = fc.oneof(
    fc.constantFrom('WEBVTT', '\n', '\n\n', '-->', ' --> ', '00:00:01,000', '-00:01.5', '99:99:99,999', '1\n', '<v ', '>', '<', '{\\an8}', '&#1114112;', '\u0000', '\u202e', '[Events]\n', 'Dialogue: ', '{"segments":[', '\t', 'start\tend\ttext\n'),
    fc.string({ unit: 'binary', maxLength: 20 }),
  ); // biome-ignore format: one list
  it('reads any text into cues of the contract, or throws a typed error', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const bytes = bytesOf(pieces.join(''));
        const outcome = codeOf(bytes);
        expect(['fine', 'input-invalid', 'media-empty']).toContain(outcome);
        if (outcome === 'fine') {
          for (const cue of readSubtitles(bytes, 'x').cues) {
            expect(speechCue.safeParse(cue).success).toBe(true);
            expect(cue.endMs).toBeGreaterThanOrEqual(cue.startMs);
            expect(cue.text).not.toMatch(/[\p{Cc}\p{Cs}\u202a-\u202e\u200b]/u);
          }
        }
      }),
    );
  });

  it('reads any bytes into cues or throws a typed error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(['fine', 'input-invalid', 'media-empty']).toContain(codeOf(bytes));
      }),
    );
  });
});
