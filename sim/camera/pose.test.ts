import { Matrix4, PerspectiveCamera, Vector3 } from 'three/webgpu';
import { describe, expect, it } from 'vitest';
import { ellipseTrack } from '../scene/ellipse-track.testing.ts';
import type { Track } from '../track/track.ts';
import { type CameraMount, DEFAULT_FRONT_CAMERA, verticalFieldOfView } from './mount.ts';
import { PoseFinder } from './pose.ts';

const LEVEL: CameraMount = { x: 0, y: 0, z: 1.4, yaw: 0, pitch: 0, hfov: 1.2, width: 160, height: 64 };
const flat = ellipseTrack({ scenery: false, swell: 0 });

/** A straight road along x with this slope and bank. */
function plane(grade: number, bank: number): Track {
  return {
    ...flat,
    pointAt: (s) => ({ x: s, y: 0, z: s * grade, heading: 0, curvature: 0, grade, bank }),
    project: (x, y) => ({ s: x, lateral: y }),
  };
}

function axes(track: Track, car: { x: number; y: number; yaw: number }, mount: CameraMount) {
  const matrix = new PoseFinder(track).cameraMatrix(car, mount, new Matrix4());
  const [right, up, back] = [new Vector3(), new Vector3(), new Vector3()];
  matrix.extractBasis(right, up, back);
  return { right, up, ahead: back.negate(), place: new Vector3().setFromMatrixPosition(matrix) };
}

function expectVector(vector: Vector3, expected: readonly number[]) {
  for (const [i, value] of vector.toArray().entries()) expect(value).toBeCloseTo(expected[i]!, 9);
}

describe('the pose of a camera', () => {
  it('looks along the car, with x right and z up, on level ground', () => {
    const { right, up, ahead, place } = axes(plane(0, 0), { x: 5, y: 1, yaw: Math.PI / 2 }, { ...LEVEL, x: 2, y: 0.5 });
    expectVector(ahead, [0, 1, 0]);
    expectVector(right, [1, 0, 0]);
    expectVector(up, [0, 0, 1]);
    // Two metres ahead is +y, half a metre to the left is -x.
    expectVector(place, [4.5, 3, 1.4]);
  });

  it('turns left with positive yaw and up with positive pitch', () => {
    const { ahead } = axes(plane(0, 0), { x: 0, y: 0, yaw: 0 }, { ...LEVEL, yaw: 0.3, pitch: 0.2 });
    expectVector(ahead, [Math.cos(0.2) * Math.cos(0.3), Math.cos(0.2) * Math.sin(0.3), Math.sin(0.2)]);
  });

  it('pitches with the grade and rolls with the bank', () => {
    const uphill = axes(plane(0.1, 0), { x: 10, y: 0, yaw: 0 }, LEVEL);
    expect(uphill.ahead.z / uphill.ahead.x).toBeCloseTo(0.1, 9);
    const banked = axes(plane(0, 0.05), { x: 10, y: 2, yaw: 0 }, { ...LEVEL, z: 0 });
    // The left side is higher: right points down, and the ground two metres to the left lies higher.
    expect(banked.right.z).toBeCloseTo(-Math.sin(0.05), 9);
    expect(banked.place.z).toBeCloseTo(2 * Math.tan(0.05), 9);
  });

  it('finds the road again after the car was put somewhere else', () => {
    const finder = new PoseFinder(flat);
    const fresh = (s: number) => {
      const { x, y, heading } = flat.pointAt(s);
      return { x, y, yaw: heading };
    };
    finder.cameraMatrix(fresh(10), LEVEL, new Matrix4());
    finder.cameraMatrix(fresh(400), LEVEL, new Matrix4());
    expect(finder.s).toBeCloseTo(400, 1);
  });
});

describe('the field of view', () => {
  it('has square pixels', () => {
    const camera = new PerspectiveCamera(
      (verticalFieldOfView(DEFAULT_FRONT_CAMERA) * 180) / Math.PI,
      160 / 64,
      0.1,
      10,
    );
    const [a, , , , , b] = camera.projectionMatrix.elements;
    expect(1 / a!).toBeCloseTo(Math.tan(DEFAULT_FRONT_CAMERA.hfov / 2), 9);
    expect(b! / a!).toBeCloseTo(160 / 64, 9);
  });

  it('of the front camera begins 3 to 4 m ahead on level ground', () => {
    const lowest = verticalFieldOfView(DEFAULT_FRONT_CAMERA) / 2 - DEFAULT_FRONT_CAMERA.pitch;
    const ahead = DEFAULT_FRONT_CAMERA.z / Math.tan(lowest);
    expect(ahead).toBeGreaterThan(3);
    expect(ahead).toBeLessThan(4);
  });
});
