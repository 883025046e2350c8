import type { WindowBatch, WindowSource } from '../../datasets/windows/window-source.ts';
import type { OutputSpec } from '../spec.ts';
import { OUTPUT_NAMES, OUTPUT_UNITS, TYPICAL_OUTPUTS } from '../spec.ts';

/** Windows loaded at once where labels are read. */
const CHUNK = 16;
/** Windows that an estimate of the scales looks at. */
const ESTIMATE_FROM = 512;

/** Steering angle of each window's last sample [rad], NaN where it has none; loads all windows if it must. */
export async function steeringOf(source: WindowSource): Promise<Float32Array> {
  if (source.steering !== undefined) return source.steering;
  const angles = new Float32Array(source.length);
  for await (const { batch, indices } of batches(source, 1)) {
    for (const [i, window] of indices.entries()) {
      const last = ((i + 1) * batch.time - 1) * OUTPUT_NAMES.length;
      angles[window] = batch.mask[last] === 1 ? batch.targets[last]! : Number.NaN;
    }
  }
  return angles;
}

/**
 * Output scales from training data: the standard deviation as scale and, for the speed, the mean as offset. Angle and
 * torque keep the offset 0, so that a mirrored window stays exactly mirrored. A head without labels, or whose labels never
 * change, keeps the typical scale. Looks at windows spread evenly over the source.
 */
export async function estimateOutputs(source: WindowSource): Promise<OutputSpec[]> {
  const values = OUTPUT_NAMES.map((): number[] => []);
  for await (const { batch } of batches(source, Math.max(1, Math.floor(source.length / ESTIMATE_FROM)))) {
    for (const [i, target] of batch.targets.entries()) {
      if (batch.mask[i] === 1) values[i % OUTPUT_NAMES.length]!.push(target);
    }
  }
  return OUTPUT_NAMES.map((name, head) => {
    const seen = values[head]!;
    const typical = TYPICAL_OUTPUTS[head]!;
    if (seen.length === 0) return typical;
    const offset = name === 'speed' ? seen.reduce((sum, value) => sum + value, 0) / seen.length : 0;
    const spread = Math.sqrt(seen.reduce((sum, value) => sum + (value - offset) ** 2, 0) / seen.length);
    // A constant label says nothing about a scale; a tiny one would blow its noise up.
    const scale = spread > typical.scale * 1e-2 ? spread : typical.scale;
    return { name, unit: OUTPUT_UNITS[name], scale, offset };
  });
}

async function* batches(
  source: WindowSource,
  every: number,
): AsyncGenerator<{ batch: WindowBatch; indices: readonly number[] }> {
  const windows = Array.from({ length: Math.ceil(source.length / every) }, (_, i) => i * every);
  for (let first = 0; first < windows.length; first += CHUNK) {
    const indices = windows.slice(first, first + CHUNK);
    yield { batch: await source.load(indices), indices };
  }
}
