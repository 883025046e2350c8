import { describe, expect, it } from 'vitest';
import { DEFAULT_FRONT_CAMERA } from '../../sim/camera/mount.ts';
import { NO_CROP } from '../images/resize.ts';
import { createRecording } from '../recording/recording.ts';
import { groundView } from './ground-view.ts';

const size = { width: 160, height: 64 };

function seenBy(mount: Record<string, number> | undefined) {
  const cameras = { centre: { ...size, ...(mount && { mount }) } };
  const metadata = {
    format: 'test',
    name: 'test',
    rate: 20,
    timeSource: 'recorded' as const,
    cameras,
    conversions: [],
  };
  return createRecording({ metadata, columns: { time: new Float64Array(1) }, cameras: {} });
}

describe('how a camera looks at the ground', () => {
  it('finds the horizon of a camera that looks down, and says how high it stands', () => {
    const view = groundView([seenBy(undefined), seenBy({ ...DEFAULT_FRONT_CAMERA })], size, NO_CROP);
    // Half the picture's width is tan(37.5°): that fixes the focal length in pixels.
    const pixelsAbove = (80 / Math.tan((37.5 * Math.PI) / 180)) * Math.tan(0.105);
    expect(view.horizon * 64).toBeCloseTo(32 - pixelsAbove, 9);
    expect(view).toMatchObject({ cameraHeight: 1.4, pixelAspect: 1 });
  });

  it('follows crop and resizing', () => {
    const view = groundView([seenBy(undefined)], { width: 80, height: 64 }, { ...NO_CROP, top: 0.75 });
    expect(view).toEqual({ horizon: -1, cameraHeight: 1.2, pixelAspect: 0.125 });
  });

  it('takes a level camera for one whose mount is not told, or is told in other words', () => {
    const level = { horizon: 0.5, cameraHeight: 1.2, pixelAspect: 1 };
    for (const mount of [undefined, { z: -1, pitch: 0.1, hfov: 1 }, { z: 1.4, pitch: 0.1, hfov: 75 }]) {
      expect(groundView([seenBy(mount)], size, NO_CROP)).toEqual(level);
    }
    expect(groundView([], size, NO_CROP)).toEqual(level);
  });
});
