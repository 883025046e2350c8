import { expect, it } from 'vitest';
import { displacedMount } from '../camera/displaced-mount.ts';
import { DEFAULT_FRONT_CAMERA } from '../camera/mount.ts';
import { CLEAR_DAY } from '../conditions/conditions.ts';

it('moves, turns and widens a camera as the conditions say, and otherwise leaves it', () => {
  expect(displacedMount(DEFAULT_FRONT_CAMERA, CLEAR_DAY.camera)).toEqual(DEFAULT_FRONT_CAMERA);
  const camera = { ...CLEAR_DAY.camera, offset: { x: 0.1, y: -0.2, z: 0.3, yaw: 0.04, pitch: -0.05 }, fovFactor: 1.1 };
  const { x, y, z, yaw, pitch, hfov, width } = displacedMount({ ...DEFAULT_FRONT_CAMERA, yaw: 0.01 }, camera);
  expect([x, y, z, yaw, pitch].map((value) => Number(value.toFixed(9)))).toEqual([0.6, -0.2, 1.7, 0.05, -0.155]);
  expect(hfov).toBeCloseTo((1.1 * 75 * Math.PI) / 180, 12);
  expect(width).toBe(DEFAULT_FRONT_CAMERA.width);
});

it('never opens the lens to a half-space', () => {
  const wide = { ...DEFAULT_FRONT_CAMERA, hfov: 2.5 };
  expect(displacedMount(wide, { ...CLEAR_DAY.camera, fovFactor: 2 }).hfov).toBeLessThan(Math.PI);
});
