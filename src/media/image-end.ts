/**
 * Whether a picture's last marker is there. Decoders fill what is missing with grey and say nothing, so this is looked at
 * apart. Bytes behind the marker are allowed (cameras and editors append their own).
 */
export const imageLooksComplete = (bytes: Uint8Array, format: string): boolean => {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (format === 'jpeg') {
    // End Of Image (ITU T.81 §B.1.1.3). A preview inside the EXIF part has one of its own, so the first half does not count.
    return view.lastIndexOf(Buffer.from([0xff, 0xd9])) > view.length / 2;
  }
  if (format === 'png') {
    return view.lastIndexOf('IEND', undefined, 'latin1') > 0;
  }
  // RIFF: the length stands in the header (without its first eight bytes).
  return view.length >= 8 && view.readUInt32LE(4) + 8 <= view.length + 1;
};
