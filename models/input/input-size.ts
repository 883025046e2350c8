import { cropAndResize } from '../../datasets/images/resize.ts';
import type { Frame } from '../../sim/frame.ts';
import type { InputSpec } from '../spec.ts';

/**
 * A frame cut and resized to what a network looks at; the frame's own pixels when it fits already.
 * @returns RGB `[height, width, 3]`
 */
export function toInputSize(frame: Frame, input: InputSpec): Uint8Array {
  const { crop, width, height } = input;
  const whole = crop.top === 0 && crop.bottom === 0 && crop.left === 0 && crop.right === 0;
  if (whole && frame.width === width && frame.height === height) return frame.pixels;
  return cropAndResize(frame.pixels, frame, crop, { width, height });
}
