import type { WindowBatch } from '../../datasets/windows/window-source.ts';
import { createStream } from '../../sim/random/stream.ts';
import type { InputSpec } from '../spec.ts';

/** A batch of noise with every label. */
export function randomBatch(input: InputSpec, batch: number, time: number): WindowBatch {
  const random = createStream(1, 'bench');
  const labels = batch * time * 3;
  return {
    frames: Uint8Array.from({ length: batch * time * input.height * input.width * 3 }, () => random.integer(0, 255)),
    targets: Float32Array.from({ length: labels }, () => random.normal()),
    mask: new Float32Array(labels).fill(1),
    speed: new Float32Array(batch * time).fill(10),
    batch,
    time,
  };
}
