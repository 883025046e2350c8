import { type CameraMount, DEFAULT_FRONT_CAMERA } from '../../../sim/camera/mount.ts';
import { SensorCamera } from '../../../sim/camera/sensor-camera.ts';
import { CLEAR_DAY } from '../../../sim/conditions/conditions.ts';
import { buildScene, type Quality } from '../../../sim/scene/world-scene.ts';
import type { Track } from '../../../sim/track/track.ts';
import type { Gpu } from './gpu.ts';
import { createRenderer } from './renderer.ts';

/** How quickly frames come from a camera on this device. */
export interface RenderingSpeed {
  readonly width: number;
  readonly height: number;
  readonly quality: Quality;
  readonly frames: number;
  /** Rendered and read back one after the other [1/s]. */
  readonly framesPerSecond: number;
  /** Median and 95th percentile of one frame [ms]. */
  readonly median: number;
  readonly slow: number;
  /** Until the scene was built and its first frame was there [ms]. */
  readonly start: number;
  /** Triangles in a frame, mean. */
  readonly triangles: number;
}

/** Drives a camera once round a track in even steps and measures each frame. */
export async function measureRendering(
  gpu: Gpu,
  track: Track,
  options: { quality?: Quality; mount?: CameraMount; frames?: number } = {},
): Promise<RenderingSpeed> {
  const { quality = 'standard', mount = DEFAULT_FRONT_CAMERA, frames = 200 } = options;
  const renderer = await createRenderer(gpu);
  const begun = performance.now();
  const world = buildScene(track, CLEAR_DAY, quality);
  const camera = new SensorCamera(renderer, world, mount);
  await camera.warmUp();
  const start = performance.now() - begun;
  const times: number[] = [];
  let triangles = 0;
  for (let i = 0; i < frames; i++) {
    const s = (i / frames) * track.length;
    const { x, y, heading } = track.pointAt(s);
    const offset = track.laneCentre(s);
    const state = { x: x - Math.sin(heading) * offset, y: y + Math.cos(heading) * offset, yaw: heading };
    const before = performance.now();
    await camera.capture(state, 0);
    times.push(performance.now() - before);
    triangles += renderer.info.render.triangles;
  }
  camera.dispose();
  world.dispose();
  renderer.dispose();
  const total = times.reduce((sum, time) => sum + time, 0);
  times.sort((a, b) => a - b);
  return {
    width: mount.width,
    height: mount.height,
    quality,
    frames,
    framesPerSecond: (1000 * frames) / total,
    median: times[Math.floor(frames / 2)]!,
    slow: times[Math.floor(frames * 0.95)]!,
    start,
    triangles: Math.round(triangles / frames),
  };
}
