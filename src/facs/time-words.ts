/** How times are written, everywhere: `0:12.4`, `1:02:03.4`. Tenths of a second, because frames are not finer than 33 ms. */
export const timeWord = (milliseconds: number): string => {
  const tenths = Math.round(milliseconds / 100);
  const seconds = Math.floor(tenths / 10) % 60;
  const minutes = Math.floor(tenths / 600) % 60;
  const hours = Math.floor(tenths / 36_000);
  const tail = `${String(seconds).padStart(2, '0')}.${tenths % 10}`;
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${tail}` : `${minutes}:${tail}`;
};

/** How long something lasts: `0.4 s`, `12 s`, `3 min`. */
export const durationWord = (milliseconds: number): string => {
  if (milliseconds < 10_000) {
    return `${(Math.round(milliseconds / 100) / 10).toFixed(1)} s`;
  }
  if (milliseconds < 120_000) {
    return `${Math.round(milliseconds / 1000)} s`;
  }
  return `${Math.round(milliseconds / 60_000)} min`;
};
