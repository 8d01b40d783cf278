/** Makes a canvas as sharp as the screen. @returns whether its size changed */
export const fitCanvas = (canvas: HTMLCanvasElement, width: number, height: number): boolean => {
  const ratio = window.devicePixelRatio;
  const [across, down] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width === across && canvas.height === down) {
    return false;
  }
  canvas.width = across;
  canvas.height = down;
  return true;
};
