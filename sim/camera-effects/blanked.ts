import type { CameraName, Frame } from '../frame.ts';

/** The same frames in black; the bytes of those that are not read yet need not be. */
export function blanked(
  frames: Readonly<Record<CameraName, Omit<Frame, 'pixels'>>>,
): Readonly<Record<CameraName, Frame>> {
  return Object.fromEntries(
    Object.entries(frames).map(([name, { width, height, time }]) => [
      name,
      { width, height, time, pixels: new Uint8Array(width * height * 3) },
    ]),
  );
}
