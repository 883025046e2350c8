import type { CameraConditions } from '../conditions/conditions.ts';
import type { CameraName, Frame } from '../frame.ts';
import { createStream } from '../random/stream.ts';
import { blurred } from './blur.ts';
import { coverWithDirt, dirtMask } from './dirt.ts';
import { exposureTable } from './exposure.ts';
import { addNoise } from './noise.ts';

/**
 * What lens and sensor do to the picture on its way: dirt, blur, exposure, noise, in this order. The result depends on
 * the frame, the conditions, the seed, the camera's name and the tick alone, so frames may come in any order.
 */
export class SensorEffects {
  readonly #camera: CameraConditions;
  readonly #seed: number;
  readonly #exposure: Uint8Array | null;
  /** By camera and size. */
  readonly #masks = new Map<string, Float64Array>();

  /** @param seed of the episode */
  constructor(camera: CameraConditions, seed: number) {
    this.#camera = camera;
    this.#seed = seed;
    this.#exposure = camera.exposure === 0 ? null : exposureTable(camera.exposure);
  }

  /** Whether there is nothing to do: no picture is changed. */
  get none(): boolean {
    const { dirt, blur, noise } = this.#camera;
    return dirt === 0 && blur === 0 && noise === 0 && this.#exposure === null;
  }

  /** A new frame, or the same one when nothing is wrong with the camera. */
  apply(frame: Frame, name: CameraName, tick: number): Frame {
    if (this.none) return frame;
    const { dirt, blur, noise } = this.#camera;
    const table = this.#exposure;
    const { width, height } = frame;
    let pixels: Uint8Array = frame.pixels.slice();
    if (dirt > 0) coverWithDirt(pixels, this.#maskOf(name, width, height));
    if (blur > 0) pixels = blurred(pixels, width, height, blur * width);
    if (table !== null) pixels = pixels.map((value) => table[value]!);
    if (noise > 0) addNoise(pixels, noise, createStream(this.#seed, 'camera noise').fork(name).fork(String(tick)));
    return { ...frame, pixels };
  }

  #maskOf(name: CameraName, width: number, height: number): Float64Array {
    const key = `${name} ${width} ${height}`;
    let mask = this.#masks.get(key);
    if (mask === undefined) {
      mask = dirtMask(width, height, this.#camera.dirt, createStream(this.#seed, 'lens dirt').fork(name));
      this.#masks.set(key, mask);
    }
    return mask;
  }
}

/** Whether the frames of this tick are lost on their way. */
export function isDropped(camera: CameraConditions, seed: number, tick: number): boolean {
  if (camera.dropped === 0) return false;
  return createStream(seed, 'dropped frames').fork(String(tick)).uniform() < camera.dropped;
}
