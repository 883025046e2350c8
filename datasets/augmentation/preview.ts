import type { Frame } from '../../sim/frame.ts';
import type { ImageSize } from '../images/resize.ts';
import type { WindowBatch } from '../windows/window-source.ts';

/** Steering-wheel angle that is drawn as a line at 60 degrees [rad]. */
const FULL = Math.PI;
const LABEL = [64, 255, 96] as const;

/**
 * Draws a steering angle into a picture, in place: a line from the middle of the lower edge that leans the way the wheel
 * turns, and a bar along the lower edge from the middle to the left or right.
 * @param pixels RGB `[height, width, 3]` beginning at `offset`
 * @param angle steering-wheel angle, left positive [rad]
 */
export function drawSteering(
  pixels: Uint8Array,
  { width, height }: ImageSize,
  angle: number,
  colour: readonly [number, number, number] = LABEL,
  offset = 0,
): void {
  const dot = (x: number, y: number): void => {
    const [px, py] = [Math.round(x), Math.round(y)];
    if (px >= 0 && px < width && py >= 0 && py < height) pixels.set(colour, offset + 3 * (py * width + px));
  };
  const share = Math.max(-1, Math.min(1, angle / FULL));
  const lean = (share * Math.PI) / 3;
  const length = 0.6 * height;
  for (let step = 0; step <= 2 * length; step++) {
    const reach = step / 2;
    dot(width / 2 - reach * Math.sin(lean), height - 1 - reach * Math.cos(lean));
    dot(width / 2 + 1 - reach * Math.sin(lean), height - 1 - reach * Math.cos(lean));
  }
  const end = width / 2 - (share * width) / 2;
  for (let x = Math.min(width / 2, end); x <= Math.max(width / 2, end); x++) {
    dot(x, height - 1);
    dot(x, height - 2);
  }
}

/**
 * A sheet of the last frames of a batch's windows with their labels drawn on, `columns` a row.
 * @param size of the frames in the batch
 */
export function contactSheet(batch: WindowBatch, size: ImageSize, columns = 4): Frame {
  const rows = Math.ceil(batch.batch / columns);
  const width = columns * size.width;
  const pixels = new Uint8Array(width * rows * size.height * 3);
  const frameBytes = size.width * size.height * 3;
  for (let row = 0; row < batch.batch; row++) {
    const last = (row + 1) * batch.time - 1;
    const frame = batch.frames.slice(last * frameBytes, (last + 1) * frameBytes);
    if (batch.mask[3 * last] === 1) drawSteering(frame, size, batch.targets[3 * last]!);
    for (let y = 0; y < size.height; y++) {
      const at = 3 * ((Math.floor(row / columns) * size.height + y) * width + (row % columns) * size.width);
      pixels.set(frame.subarray(3 * y * size.width, 3 * (y + 1) * size.width), at);
    }
  }
  return { width, height: rows * size.height, time: 0, pixels };
}
