import type { WebGPURenderer } from 'three/webgpu';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CameraMount, DEFAULT_FRONT_CAMERA } from '../../../sim/camera/mount.ts';
import { CAMERA_RIGS } from '../../../sim/camera/rigs.ts';
import { SensorCamera } from '../../../sim/camera/sensor-camera.ts';
import { CLEAR_DAY, type Conditions } from '../../../sim/conditions/conditions.ts';
import { openConditions } from '../../../sim/conditions/presets.ts';
import type { Frame } from '../../../sim/frame.ts';
import { ellipseTrack } from '../../../sim/scene/ellipse-track.testing.ts';
import { buildScene } from '../../../sim/scene/world-scene.ts';
import { openTrack } from '../../../sim/track/catalogue.ts';
import { FAR_PLACES, ROADS_ANYWHERE } from '../../../sim/track/testing/same-road-elsewhere.ts';
import type { Track } from '../../../sim/track/track.ts';
import { poseOnRoad } from '../../../sim/traffic/lane.ts';
import type { TrafficCar } from '../../../sim/traffic/traffic-car.ts';
import { createVehicleState } from '../../../sim/vehicle/state.ts';
import { createRenderer } from '../gpu/renderer.ts';
import { openTestGpu } from '../gpu/testing/open-test-gpu.ts';
import { Cameras } from './cameras.ts';

const { gpu, reason } = await openTestGpu();
const MOUNT: CameraMount = { ...DEFAULT_FRONT_CAMERA, width: 100, height: 40 };
const S = 100;

function placeAt(track: Track, s: number) {
  const { x, y, yaw } = poseOnRoad(track, s, track.laneCentre(s), 0);
  return { x, y, yaw };
}

function carAhead(track: Track, distance: number, colourIndex = 4): TrafficCar {
  const s = S + distance;
  const pose = poseOnRoad(track, s, track.laneCentre(s), 0);
  return { id: 'leading-0', kind: 'leading', ...pose, length: 4.4, width: 1.8, colourIndex };
}

function pixel({ pixels, width }: Frame, x: number, y: number): [number, number, number] {
  const at = (y * width + x) * 3;
  return [pixels[at]!, pixels[at + 1]!, pixels[at + 2]!];
}

/** Mean of all colour values of the rows, 0 to 255. */
function brightness({ pixels, width }: Frame, fromRow: number, toRow: number): number {
  const part = pixels.subarray(fromRow * width * 3, toRow * width * 3);
  return part.reduce((sum, value) => sum + value, 0) / part.length;
}

/** How many pixels are clearly red. */
function redPixels({ pixels }: Frame): number {
  let count = 0;
  for (let i = 0; i < pixels.length; i += 3) {
    if (pixels[i]! > 1.6 * pixels[i + 1]! && pixels[i]! > 1.6 * pixels[i + 2]! && pixels[i]! > 50) count += 1;
  }
  return count;
}

function difference(a: Frame, b: Frame): number {
  return a.pixels.reduce((sum, value, i) => sum + Math.abs(value - b.pixels[i]!), 0) / a.pixels.length;
}

function largestDifference(a: Frame, b: Frame): number {
  return a.pixels.reduce((most, value, i) => Math.max(most, Math.abs(value - b.pixels[i]!)), 0);
}

describe.skipIf(!gpu)(`the world as it is drawn${reason}`, () => {
  let renderer: WebGPURenderer;
  const plain = ellipseTrack({ a: 700, b: 700, swell: 0, scenery: false });

  beforeAll(async () => {
    renderer = await createRenderer(gpu!);
  });
  afterAll(() => {
    renderer.dispose();
    gpu!.close();
  });

  async function withCamera<T>(
    track: Track,
    conditions: Conditions,
    use: (camera: SensorCamera) => Promise<T>,
  ): Promise<T> {
    const world = buildScene(track, conditions);
    const camera = new SensorCamera(renderer, world, MOUNT);
    try {
      return await use(camera);
    } finally {
      camera.dispose();
      world.dispose();
    }
  }

  const capture = (track: Track, conditions = CLEAR_DAY, time = 0, s = S) =>
    withCamera(track, conditions, (camera) => camera.capture(placeAt(track, s), time));

  it('shows another car where it is, and nothing of it when it has gone', async () => {
    await withCamera(plain, CLEAR_DAY, async (camera) => {
      const place = placeAt(plain, S);
      const alone = await camera.capture(place, 0);
      const followed = await camera.capture(place, 0, [carAhead(plain, 12)]);
      const far = await camera.capture(place, 0, [carAhead(plain, 40)]);
      expect(redPixels(alone)).toBe(0);
      expect(redPixels(followed)).toBeGreaterThan(25);
      expect(redPixels(far)).toBeLessThan(redPixels(followed) / 3);
      expect((await camera.capture(place, 0, [carAhead(plain, -12)])).pixels).toEqual(alone.pixels);
      // The road's own cars are part of the scene.
      expect((await camera.capture(place, 0, [{ ...carAhead(plain, 12), id: 'road-3' }])).pixels).toEqual(alone.pixels);
      expect((await camera.capture(place, 0)).pixels).toEqual(alone.pixels);
    });
  });

  it.each(Object.entries(ROADS_ANYWHERE))('is the same wherever a road lies (%s)', async (_, roadAt) => {
    const far = FAR_PLACES.map((place) => roadAt(place));
    for (const s of [20, 110]) {
      const near = await capture(roadAt({ x: 0, y: 0, z: 0 }), CLEAR_DAY, 0, s);
      for (const track of far) {
        const frame = await capture(track, CLEAR_DAY, 0, s);
        expect(difference(frame, near)).toBeLessThan(0.1);
        expect(largestDifference(frame, near)).toBeLessThanOrEqual(4);
      }
    }
  });

  it('shows paint as far as it is left', async () => {
    const worn = (share: number): Track => ({
      ...plain,
      markings: plain.markings.map((marking) => ({ ...marking, visibility: () => share })),
    });
    const [fresh, unworn, half, gone, unpainted] = [
      await capture(plain),
      await capture(worn(1)),
      await capture(worn(0.45)),
      await capture(worn(0)),
      await capture({ ...plain, markings: [] }),
    ];
    expect(difference(fresh, unworn)).toBeLessThan(0.05);
    expect(difference(gone, unpainted)).toBeLessThan(0.05);
    expect(difference(half, unpainted)).toBeGreaterThan(0.05);
    expect(brightness(half, 20, 40)).toBeLessThan(brightness(fresh, 20, 40));
  });

  it('shows the twelfth marking, too', async () => {
    const marking = plain.markings[0]!;
    const none = { ...marking, visibility: () => 0 };
    const last = { ...marking, style: 'solid' as const, width: 0.5, offset: plain.laneCentre };
    const markings = [...Array.from({ length: 11 }, () => none), last];
    const [shown, hidden] = [await capture({ ...plain, markings }), await capture({ ...plain, markings: [] })];
    expect(pixel(shown, 50, 36)[1]).toBeGreaterThan(pixel(hidden, 50, 36)[1] + 60);
  });

  it('shows kerbs and barriers', async () => {
    const kerb = { kind: 'kerb' as const, left: () => -3.6, right: () => -4.6, height: 0.05 };
    const rail = { kind: 'guard-rail' as const, from: 0, to: 300, offset: () => -5, height: 0.75 };
    const bare = await capture(plain);
    expect(redPixels(await capture({ ...plain, strips: [kerb] }))).toBeGreaterThan(10);
    expect(redPixels(await capture({ ...plain, strips: [{ ...kerb, present: () => false }] }))).toBe(0);
    expect(difference(await capture({ ...plain, barriers: [rail] }), bare)).toBeGreaterThan(0.5);
  });

  it('draws a plain loop in two plain tones, and concrete lighter than asphalt', async () => {
    const loop = openTrack('training-loop:3:0.2');
    const frame = await capture(loop, CLEAR_DAY, 0, 20);
    const road = [30, 34, 38].map((row) => pixel(frame, 50, row));
    for (const channel of [0, 1, 2]) {
      const values = road.map((colour) => colour[channel]!);
      expect(Math.max(...values) - Math.min(...values)).toBeLessThan(12);
    }
    const [asphalt, concrete] = [await capture(plain), await capture({ ...plain, surfaceKind: 'concrete' })];
    expect(pixel(concrete, 50, 37)[1]).toBeGreaterThan(pixel(asphalt, 50, 37)[1] + 20);
  });

  it('draws weather that can be told apart', async () => {
    const overcast = await capture(plain, openConditions('overcast'));
    const snow = await capture(plain, openConditions('snow'));
    expect(brightness(snow, 24, 40)).toBeGreaterThan(brightness(overcast, 24, 40) + 20);
    const leaves = await capture(plain, openConditions('leaves'));
    expect(difference(leaves, overcast)).toBeGreaterThan(1.5);
    const wet = await capture(plain, {
      ...CLEAR_DAY,
      light: 'overcast',
      weather: { ...CLEAR_DAY.weather, wetness: 1 },
    });
    // Darker below the car, a mirror of the sky far ahead.
    expect(pixel(wet, 50, 39)[1]).toBeLessThan(pixel(overcast, 50, 39)[1]);
    expect(pixel(wet, 50, 20)[1]).toBeGreaterThan(pixel(overcast, 50, 20)[1] + 10);
  });

  it('lets rain fall by the world’s time and by nothing else', async () => {
    await withCamera(plain, openConditions('rain'), async (camera) => {
      const place = placeAt(plain, S);
      const [first, later, again] = [
        await camera.capture(place, 0.5),
        await camera.capture(place, 0.55),
        await camera.capture(place, 0.5),
      ];
      expect(difference(first, later)).toBeGreaterThan(0.3);
      expect(again.pixels).toEqual(first.pixels);
    });
  });

  it('is blinded by a low sun ahead, not by one behind', async () => {
    const heading = placeAt(plain, S).yaw;
    const glare = (azimuth: number, strength: number) =>
      capture(plain, {
        ...CLEAR_DAY,
        sun: { azimuth, elevation: 0.14 },
        weather: { ...CLEAR_DAY.weather, glare: strength },
      });
    const ahead = [await glare(heading, 0), await glare(heading, 1)] as const;
    const behind = [await glare(heading + Math.PI, 0), await glare(heading + Math.PI, 1)] as const;
    expect(brightness(ahead[1], 0, 20)).toBeGreaterThan(brightness(ahead[0], 0, 20) + 15);
    expect(difference(...behind)).toBeLessThan(0.5);
  });

  it('lets what glows be seen at night', async () => {
    const night = openConditions('night');
    await withCamera(plain, night, async (camera) => {
      const frame = await camera.capture(placeAt(plain, S), 0, [carAhead(plain, 8, 1)]);
      expect(redPixels(frame)).toBeGreaterThan(2);
    });
  });

  it('tells lane and depth of each pixel', async () => {
    await withCamera(plain, CLEAR_DAY, async (camera) => {
      const place = placeAt(plain, S);
      const before = await camera.capture(place, 0);
      const { width, height, lane, depth } = await camera.truth(place, 0);
      expect([width, height, lane.length, depth.length]).toEqual([100, 40, 4000, 4000]);
      const focal = width / 2 / Math.tan(MOUNT.hfov / 2);
      for (const row of [28, 33, 38]) {
        // A ray through the middle of this pixel meets flat ground: depth along the axis from the similar triangles.
        const down = (row + 0.5 - height / 2) / focal;
        const expected = MOUNT.z / (Math.sin(-MOUNT.pitch) + down * Math.cos(MOUNT.pitch));
        expect(depth[row * width + 50]! / expected).toBeCloseTo(1, 1);
        expect(lane[row * width + 50]).toBe(1);
        // Our lane is as wide as the projection says.
        const pixels = lane.subarray(row * width, (row + 1) * width).filter((value) => value === 1).length;
        expect(Math.abs(pixels - Math.min(width, (plain.laneWidth(S) * focal) / expected))).toBeLessThanOrEqual(3);
      }
      expect(depth[50]).toBe(Number.POSITIVE_INFINITY);
      expect(lane[50]).toBe(0);
      expect(lane.includes(2)).toBe(true);
      // A car on the lane hides it.
      const hidden = await camera.truth(place, 0, [carAhead(plain, 10)]);
      const on = 22 * width + 50;
      expect(hidden.lane[on]).toBe(0);
      expect(hidden.depth[on]).toBeGreaterThan(6);
      expect(hidden.depth[on]).toBeLessThan(10);
      // Colours are as they were.
      expect((await camera.capture(place, 0)).pixels).toEqual(before.pixels);
    });
  });

  it('draws people plain pictures without changing what cameras see', async () => {
    const country = openTrack('millbrook');
    const world = buildScene(country, CLEAR_DAY);
    const camera = new SensorCamera(renderer, world, MOUNT);
    const place = placeAt(country, S);
    const before = await camera.capture(place, 0);
    const plainly: typeof world = {
      ...world,
      update: (eye, height, time, others) => world.update(eye, height, time, others, 'plain'),
    };
    const person = new SensorCamera(renderer, plainly, MOUNT);
    const shown = await person.capture(place, 0);
    expect((await camera.capture(place, 0)).pixels).toEqual(before.pixels);
    // Plainer, and still the same place.
    expect(difference(shown, before)).toBeGreaterThan(1);
    expect(difference(shown, before)).toBeLessThan(20);
    expect((await person.capture(place, 0)).pixels).toEqual(shown.pixels);
    camera.dispose();
    person.dispose();
    world.dispose();
  });

  it('mounts the cameras where rig and conditions say', async () => {
    const offset = { x: 0.1, y: 0.4, z: 0.2, yaw: 0.03, pitch: -0.02 };
    const moved: Conditions = { ...CLEAR_DAY, camera: { ...CLEAR_DAY.camera, offset, fovFactor: 1.2 } };
    const mount: CameraMount = {
      ...MOUNT,
      x: MOUNT.x + 0.1,
      y: MOUNT.y + 0.4,
      z: MOUNT.z + 0.2,
      yaw: MOUNT.yaw + 0.03,
      pitch: MOUNT.pitch - 0.02,
      hfov: MOUNT.hfov * 1.2,
    };
    const state = { ...createVehicleState(), ...placeAt(plain, S) };
    const seen = async (cameras: Cameras, conditions: Conditions) => {
      const { sources, dispose } = await cameras.mount(plain, conditions);
      const frames = await Promise.all(Object.values(sources).map((source) => source.capture(state, 0)));
      dispose();
      return Object.fromEntries(Object.keys(sources).map((name, i) => [name, frames[i]!]));
    };
    const displaced = await seen(await Cameras.open(gpu!, { centre: MOUNT }), moved);
    const expected = await seen(await Cameras.open(gpu!, { centre: mount }), CLEAR_DAY);
    expect(displaced.centre!.pixels).toEqual(expected.centre!.pixels);

    const three = await seen(await Cameras.open(gpu!, CAMERA_RIGS.three), CLEAR_DAY);
    expect(Object.keys(three).sort()).toEqual(['centre', 'left', 'right']);
    // The white edge line at the right comes nearer to the right camera's middle.
    const edge = ({ pixels, width }: Frame) => {
      const row = 50 * width * 3;
      const right = Array.from({ length: width / 2 }, (_, i) => pixels[row + (width / 2 + i) * 3]!);
      return right.indexOf(Math.max(...right));
    };
    expect(edge(three.left!)).toBeGreaterThan(edge(three.centre!) + 5);
    expect(edge(three.right!)).toBeLessThan(edge(three.centre!) - 5);
  });
});
