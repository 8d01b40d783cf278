/** Whether a point lies in a polygon (even–odd rule). */
export const insidePolygon = (
  polygon: ReadonlyArray<readonly [x: number, y: number]>,
  x: number,
  y: number,
): boolean => {
  let inside = false;
  for (const [index, [x1, y1]] of polygon.entries()) {
    const [x0, y0] = polygon.at(index - 1) ?? [0, 0];
    if (y1 > y !== y0 > y && x < ((x0 - x1) * (y - y1)) / (y0 - y1) + x1) {
      inside = !inside;
    }
  }
  return inside;
};
