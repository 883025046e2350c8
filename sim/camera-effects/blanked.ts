import type { CameraName, Frame } from '../frame.ts';

/** The same frames in black. */
export function blanked(frames: Readonly<Record<CameraName, Frame>>): Readonly<Record<CameraName, Frame>> {
  return Object.fromEntries(
    Object.entries(frames).map(([name, frame]) => [name, { ...frame, pixels: new Uint8Array(frame.pixels.length) }]),
  );
}
