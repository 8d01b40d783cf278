/**
 * The media formats whyface opens, as data: what the person knows them as, and the one FFmpeg demuxer that may read
 * them (`extensions` only serve a note that a name misleads). Forcing the demuxer is what keeps a playlist with a video's name from being followed (HLS, concat, SDP, DASH
 * demuxers open other files and addresses).
 */
export const MEDIA_FORMATS = {
  jpeg: { kind: 'image', label: 'a JPEG picture', demuxer: null, extensions: ['jpg', 'jpeg', 'jpe', 'jfif'] },
  png: { kind: 'image', label: 'a PNG picture', demuxer: null, extensions: ['png', 'apng'] },
  webp: { kind: 'image', label: 'a WebP picture', demuxer: null, extensions: ['webp'] },
  mp4: {
    kind: 'video',
    label: 'an MP4 file',
    demuxer: 'mov',
    extensions: ['mp4', 'm4v', 'm4a', 'm4b', 'mov', '3gp', '3g2'],
  },
  mov: { kind: 'video', label: 'a QuickTime file', demuxer: 'mov', extensions: ['mov', 'qt', 'mp4', 'm4v'] },
  matroska: {
    kind: 'video',
    label: 'a Matroska file',
    demuxer: 'matroska',
    extensions: ['mkv', 'mka', 'mk3d', 'webm'],
  },
  webm: { kind: 'video', label: 'a WebM file', demuxer: 'matroska', extensions: ['webm', 'weba', 'mkv'] },
  avi: { kind: 'video', label: 'an AVI file', demuxer: 'avi', extensions: ['avi'] },
  asf: { kind: 'video', label: 'a Windows Media file', demuxer: 'asf', extensions: ['wmv', 'wma', 'asf'] },
  wav: { kind: 'audio', label: 'a WAV recording', demuxer: 'wav', extensions: ['wav', 'wave'] },
  mp3: { kind: 'audio', label: 'an MP3 recording', demuxer: 'mp3', extensions: ['mp3', 'mp2', 'mpga'] },
  ogg: { kind: 'audio', label: 'an Ogg file', demuxer: 'ogg', extensions: ['ogg', 'oga', 'ogv', 'opus', 'spx'] },
  flac: { kind: 'audio', label: 'a FLAC recording', demuxer: 'flac', extensions: ['flac'] },
  adts: { kind: 'audio', label: 'an AAC recording', demuxer: 'aac', extensions: ['aac', 'adts'] },
} as const satisfies Record<
  string,
  { kind: 'image' | 'video' | 'audio'; label: string; demuxer: string | null; extensions: readonly string[] }
>;

export type MediaFormat = keyof typeof MEDIA_FORMATS;

/** Formats that are known well enough to be refused by name, with what to do instead. */
export const REFUSED_FORMATS = {
  gif: { label: 'a GIF animation', advice: 'save it as an MP4 clip or its frames as PNG' },
  heic: { label: 'a HEIC picture', advice: 'save it as JPEG or PNG' },
  avif: { label: 'an AVIF picture', advice: 'save it as JPEG or PNG' },
  'jpeg-xl': { label: 'a JPEG XL picture', advice: 'save it as JPEG or PNG' },
  'jpeg-2000': { label: 'a JPEG 2000 picture', advice: 'save it as JPEG or PNG' },
  tiff: { label: 'a TIFF picture', advice: 'save it as JPEG or PNG' },
  bmp: { label: 'a BMP picture', advice: 'save it as PNG' },
  photoshop: { label: 'a Photoshop file', advice: 'export it as JPEG or PNG' },
  flv: { label: 'a Flash video', advice: 'convert it to MP4' },
  'mpeg-ts': { label: 'an MPEG transport stream', advice: 'convert it to MP4' },
  'mpeg-ps': { label: 'an MPEG program stream', advice: 'convert it to MP4' },
  'real-media': { label: 'a RealMedia file', advice: 'convert it to MP4' },
  aiff: { label: 'an AIFF recording', advice: 'convert it to WAV' },
  caf: { label: 'a CAF recording', advice: 'convert it to WAV' },
  amr: { label: 'an AMR recording', advice: 'convert it to WAV' },
  midi: { label: 'a MIDI score', advice: 'name a recording instead' },
  riff: { label: 'a RIFF file of an unknown sort', advice: 'convert it to MP4, WAV or PNG' },
  pdf: { label: 'a PDF document', advice: 'export the picture from it as PNG' },
  postscript: { label: 'a PostScript document', advice: 'export the picture from it as PNG' },
  zip: { label: 'a ZIP archive (or an office document)', advice: 'unpack it and name the files in it' },
  gzip: { label: 'a gzip archive', advice: 'unpack it first' },
  bzip2: { label: 'a bzip2 archive', advice: 'unpack it first' },
  xz: { label: 'an xz archive', advice: 'unpack it first' },
  zstd: { label: 'a Zstandard archive', advice: 'unpack it first' },
  '7z': { label: 'a 7-Zip archive', advice: 'unpack it first' },
  rar: { label: 'a RAR archive', advice: 'unpack it first' },
  executable: { label: 'a program', advice: 'name a clip, photo or recording' },
  sqlite: { label: 'a SQLite database', advice: 'name a clip, photo or recording' },
  hls: { label: 'a text file (an HLS playlist)', advice: 'download the video itself and name that' },
  dash: { label: 'a text file (a DASH playlist)', advice: 'download the video itself and name that' },
  playlist: { label: 'a text file (a playlist)', advice: 'name the files in it' },
  sdp: { label: 'a text file (a stream description)', advice: 'record the stream to MP4 and name that' },
  svg: { label: 'an SVG drawing', advice: 'export it as PNG' },
  html: { label: 'a web page', advice: 'download the video or picture itself and name that' },
  xml: { label: 'an XML file', advice: 'name a clip, photo or recording' },
  subtitles: { label: 'a subtitle file', advice: 'name the clip, and give this file with --transcript' },
  text: { label: 'a text file', advice: 'name a clip, photo or recording' },
  zeros: { label: 'filled with zeros (a download that did not finish?)', advice: 'fetch or copy it again' },
  unknown: { label: 'of a format whyface does not know', advice: 'convert it to MP4, WAV or PNG' },
} as const satisfies Record<string, { label: string; advice: string }>;

export type RefusedFormat = keyof typeof REFUSED_FORMATS;
