import type { WebGPURenderer } from 'three/webgpu';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CameraMount, DEFAULT_FRONT_CAMERA } from '../../../sim/camera/mount.ts';
import { rowStride } from '../../../sim/camera/read-back.ts';
import { SensorCamera } from '../../../sim/camera/sensor-camera.ts';
import { CLEAR_DAY, type Conditions } from '../../../sim/conditions/conditions.ts';
import type { Frame } from '../../../sim/frame.ts';
import { ellipseTrack } from '../../../sim/scene/ellipse-track.testing.ts';
import { buildScene } from '../../../sim/scene/world-scene.ts';
import type { Track } from '../../../sim/track/track.ts';
import { createRenderer } from './renderer.ts';
import { openTestGpu } from './testing/open-test-gpu.ts';

const { gpu, reason } = await openTestGpu();
const CLOSE_UP: CameraMount = { ...DEFAULT_FRONT_CAMERA, width: 100, height: 40 };

/** Pose of a car in the middle of its lane. */
function onLane(track: Track, s: number) {
  const { x, y, heading } = track.pointAt(s);
  const offset = track.laneCentre(s);
  return { x: x - Math.sin(heading) * offset, y: y + Math.cos(heading) * offset, yaw: heading };
}

/** Mean brightness of a rectangle, 0 to 255. */
function brightness(frame: Frame, left: number, top: number, width: number, height: number): number {
  let sum = 0;
  for (let y = top; y < top + height; y++) {
    for (let x = left; x < left + width; x++) {
      const at = (y * frame.width + x) * 3;
      sum += (frame.pixels[at]! + frame.pixels[at + 1]! + frame.pixels[at + 2]!) / 3;
    }
  }
  return sum / (width * height);
}

function mean(frame: Frame, channel: number): number {
  let sum = 0;
  for (let i = channel; i < frame.pixels.length; i += 3) sum += frame.pixels[i]!;
  return sum / (frame.pixels.length / 3);
}

describe.skipIf(!gpu)(`a camera on the car${reason}`, () => {
  let renderer: WebGPURenderer;
  const track = ellipseTrack();
  const bare = ellipseTrack({ scenery: false, swell: 0 });

  beforeAll(async () => {
    renderer = await createRenderer(gpu!);
  });
  afterAll(() => {
    renderer.dispose();
    gpu!.close();
  });

  async function capture(road: Track, conditions: Partial<Conditions>, mount = CLOSE_UP, s = 20): Promise<Frame> {
    const world = buildScene(road, { ...CLEAR_DAY, ...conditions });
    const camera = new SensorCamera(renderer, world, mount);
    const frame = await camera.capture(onLane(road, s), 1.5);
    camera.dispose();
    world.dispose();
    return frame;
  }

  it('gives RGB frames of its size with the time of capture', async () => {
    const frame = await capture(track, {});
    expect(frame).toMatchObject({ width: 100, height: 40, time: 1.5 });
    expect(frame.pixels.length).toBe(100 * 40 * 3);
  });

  it('sees the same bytes from the same place, also after another place and from another scene object', async () => {
    const world = buildScene(track, CLEAR_DAY);
    const camera = new SensorCamera(renderer, world, CLOSE_UP);
    const first = await camera.capture(onLane(track, 50), 0);
    const elsewhere = await camera.capture(onLane(track, 250), 0);
    const again = await camera.capture(onLane(track, 50), 0);
    expect(again.pixels).toEqual(first.pixels);
    expect(elsewhere.pixels).not.toEqual(first.pixels);
    camera.dispose();
    world.dispose();
    expect((await capture(track, {}, CLOSE_UP, 50)).pixels).toEqual(first.pixels);
  });

  it('sees dark road below, a light sky above, and green beside the road', async () => {
    const frame = await capture(bare, {});
    const sky = brightness(frame, 40, 0, 20, 4);
    const road = brightness(frame, 45, 34, 10, 5);
    expect(sky).toBeGreaterThan(road + 40);
    // Top row first: the sky is in the first rows.
    const at = (x: number, y: number) => [...frame.pixels.subarray((y * 100 + x) * 3, (y * 100 + x) * 3 + 3)];
    const [red, green, blue] = at(97, 16);
    expect(green).toBeGreaterThan(red!);
    expect(green).toBeGreaterThan(blue!);
    const [r, g, b] = at(50, 37);
    expect(Math.max(r!, g!, b!) - Math.min(r!, g!, b!)).toBeLessThan(30);
  });

  it('sees the edge line where the projection says it is', async () => {
    // A straight camera over a straight piece: the white line lies 1.75 m to the right of the lane's middle.
    const mount: CameraMount = { ...DEFAULT_FRONT_CAMERA, width: 320, height: 128 };
    const road = ellipseTrack({ a: 700, b: 700, swell: 0, scenery: false });
    const frame = await capture(road, {}, mount, 100);
    const focal = mount.width / 2 / Math.tan(mount.hfov / 2);
    const ahead = 8;
    const { pitch, z } = mount;
    // A point `ahead` of the camera on flat ground, in the camera's axes.
    const depth = ahead * Math.cos(pitch) - z * Math.sin(pitch);
    const below = ahead * Math.sin(pitch) + z * Math.cos(pitch);
    const row = Math.round(mount.height / 2 + (focal * below) / depth);
    const expected = mount.width / 2 + (focal * 1.75) / depth;
    let brightest = 0;
    for (let x = 170; x < 319; x++) {
      if (brightness(frame, x, row, 1, 1) > brightness(frame, brightest || 170, row, 1, 1)) brightest = x;
    }
    expect(Math.abs(brightest - expected)).toBeLessThanOrEqual(4);
  });

  it('sees markings far away that are narrower than a pixel', async () => {
    const mount: CameraMount = { ...DEFAULT_FRONT_CAMERA };
    const plain = ellipseTrack({ a: 700, b: 700, swell: 0, scenery: false });
    const unmarked: Track = { ...plain, markings: [] };
    const [marked, without] = [await capture(plain, {}, mount, 100), await capture(unmarked, {}, mount, 100)];
    // The rows just below the horizon, where a line of 0.12 m is a third of a pixel wide.
    const horizon = Math.round(mount.height / 2 + (mount.width / 2 / Math.tan(mount.hfov / 2)) * Math.tan(mount.pitch));
    for (const row of [horizon + 5, horizon + 6, horizon + 7]) {
      const difference = brightness(marked, 40, row, 80, 1) - brightness(without, 40, row, 80, 1);
      expect(difference).toBeGreaterThan(0.5);
    }
  });

  it('sees day, dusk and overcast differently', async () => {
    const [day, dusk, overcast] = [
      await capture(track, { light: 'day' }),
      await capture(track, { light: 'dusk' }),
      await capture(track, { light: 'overcast' }),
    ];
    const level = (frame: Frame) => (mean(frame, 0) + mean(frame, 1) + mean(frame, 2)) / 3;
    expect(level(dusk!)).toBeLessThan(level(day!) - 15);
    // A clear sky is bluer than an overcast one.
    const blueness = (frame: Frame) => mean(frame, 2) / mean(frame, 0);
    expect(blueness(day!)).toBeGreaterThan(blueness(overcast!) + 0.01);
  });

  it('sees other colours with another colour seed, and the road where it was', async () => {
    const [first, second] = [await capture(bare, { colourSeed: 1 }), await capture(bare, { colourSeed: 2 })];
    expect(first!.pixels).not.toEqual(second!.pixels);
    for (const frame of [first!, second!]) {
      expect(brightness(frame, 40, 0, 20, 4)).toBeGreaterThan(brightness(frame, 45, 34, 10, 5) + 25);
    }
  });

  it('sees from the left what lies to the left', async () => {
    const world = buildScene(bare, CLEAR_DAY);
    const left = new SensorCamera(renderer, world, { ...CLOSE_UP, y: 1.75 });
    const centre = new SensorCamera(renderer, world, CLOSE_UP);
    const car = onLane(bare, 30);
    const offLeft = { x: car.x - Math.sin(car.yaw) * 1.75, y: car.y + Math.cos(car.yaw) * 1.75, yaw: car.yaw };
    const [mounted, moved] = [await left.capture(car, 0), await centre.capture(offLeft, 0)];
    let worst = 0;
    for (let i = 0; i < mounted.pixels.length; i++) {
      worst += Math.abs(mounted.pixels[i]! - moved.pixels[i]!);
    }
    expect(worst / mounted.pixels.length).toBeLessThan(1);
    left.dispose();
    centre.dispose();
    world.dispose();
  });

  it('leaves the frame on the GPU for whoever computes there, and holds it while it draws others', async () => {
    const world = buildScene(track, CLEAR_DAY);
    const camera = new SensorCamera(renderer, world, CLOSE_UP);
    const frame = await camera.capture(onLane(track, 20), 0);
    const later = await camera.capture(onLane(track, 60), 1);
    const held = camera.draw(onLane(track, 20), 0);
    const other = camera.draw(onLane(track, 60), 1);
    expect(held).toMatchObject({ ...camera.surface, width: 100, height: 40, time: 0 });
    expect(await held.read()).toEqual(frame);
    expect(await other.read()).toEqual(later);
    expect(later.pixels).not.toEqual(frame.pixels);
    // What is given back is used again.
    const { texture } = held;
    other.release();
    expect(camera.draw(onLane(track, 20), 0).texture).toBe(other.texture);
    const stride = rowStride(100);
    const { device } = gpu!;
    const usage = GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ;
    const buffer = device.createBuffer({ size: stride * 40, usage });
    const encoder = device.createCommandEncoder();
    encoder.copyTextureToBuffer({ texture }, { buffer, bytesPerRow: stride }, [100, 40]);
    device.queue.submit([encoder.finish()]);
    await buffer.mapAsync(GPUMapMode.READ);
    const bytes = new Uint8Array(buffer.getMappedRange());
    expect([...bytes.subarray(stride * 7, stride * 7 + 3)]).toEqual([...frame.pixels.subarray(2100, 2103)]);
    buffer.destroy();
    camera.dispose();
    world.dispose();
  });

  it('keeps nothing of 200 frames and of scenes that are gone', async () => {
    await capture(track, {});
    const world = buildScene(track, CLEAR_DAY);
    const camera = new SensorCamera(renderer, world, CLOSE_UP);
    const lap = async (frames: number) => {
      for (let i = 0; i < frames; i++) await camera.capture(onLane(track, (i * track.length) / frames), 0);
      return { ...renderer.info.memory };
    };
    const once = await lap(100);
    expect(await lap(100)).toEqual(once);
    camera.dispose();
    world.dispose();
    await capture(track, {});
    const between = { ...renderer.info.memory };
    for (let i = 0; i < 3; i++) await capture(track, { colourSeed: i });
    expect(renderer.info.memory).toEqual(between);
  });
});
