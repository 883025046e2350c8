import type { WindowSource } from '../../datasets/windows/window-source.ts';
import { createStream } from '../../sim/random/stream.ts';

/** What synthetic windows look like. */
export interface SyntheticOptions {
  readonly windows: number;
  readonly time: number;
  readonly height: number;
  readonly width: number;
  readonly seed: number;
}

/**
 * Windows whose labels can be seen: a bright bar stands `angle` of the half width left of the middle, on noise; the speed
 * label is how bright the bar is; there is no torque label.
 */
export function syntheticWindows({ windows, time, height, width, seed }: SyntheticOptions): WindowSource {
  return {
    length: windows,
    async load(indices) {
      const batch = indices.length;
      const frames = new Uint8Array(batch * time * height * width * 3);
      const targets = new Float32Array(batch * time * 3);
      const mask = new Float32Array(batch * time * 3);
      for (const [row, window] of indices.entries()) {
        const random = createStream(seed, `window/${window}`);
        let angle = random.uniform(-0.6, 0.6);
        const shine = random.uniform(120, 250);
        for (let t = 0; t < time; t++) {
          angle += random.uniform(-0.05, 0.05);
          const frame = (row * time + t) * height * width * 3;
          for (let i = 0; i < height * width * 3; i++) frames[frame + i] = random.integer(0, 40);
          const middle = Math.round((width / 2) * (1 - angle));
          for (let y = 0; y < height; y++) {
            for (let x = Math.max(0, middle - 2); x < Math.min(width, middle + 2); x++) {
              frames.fill(shine, frame + (y * width + x) * 3, frame + (y * width + x) * 3 + 3);
            }
          }
          targets.set([angle, shine / 20, 0], (row * time + t) * 3);
          mask.set([1, 1, 0], (row * time + t) * 3);
        }
      }
      return { frames, targets, mask, speed: new Float32Array(batch * time), batch, time };
    },
  };
}
