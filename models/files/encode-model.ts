import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Network } from '../network/network.ts';
import { readWeights, type Weights } from '../network/weights.ts';
import type { ModelSpec } from '../spec.ts';
import {
  MODEL_FILE,
  MODEL_FORMAT_VERSION,
  type ModelFile,
  type TrainingSummary,
  WEIGHTS_FILE,
} from './model-format.ts';

/**
 * The files of a model folder, by name.
 * @param training how the weights came about, for people and reports
 */
export async function encodeModel(network: Network, training?: TrainingSummary): Promise<Map<string, Uint8Array>> {
  const shapes = new Map([...network.variables].map(([name, variable]) => [name, variable.shape]));
  return encodeWeights(network.spec, shapes, await readWeights(network), training);
}

/** The same from weights that were read earlier, of the best epoch say. */
export function encodeWeights(
  spec: ModelSpec,
  shapes: ReadonlyMap<string, readonly number[]>,
  weights: Weights,
  training?: TrainingSummary,
): Map<string, Uint8Array> {
  const numbers = [...shapes.keys()].map((name) => {
    const values = weights.get(name);
    if (values === undefined) throw new Error(`no weights for ${name}`);
    return values;
  });
  const bytes = new Uint8Array(numbers.reduce((sum, values) => sum + 4 * values.length, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const values of numbers) {
    for (const value of values) {
      view.setFloat32(at, value, true);
      at += 4;
    }
  }
  const file: ModelFile = {
    format: 'wheelhouse-model',
    version: MODEL_FORMAT_VERSION,
    spec,
    training: training ?? null,
    weights: {
      file: WEIGHTS_FILE,
      byteLength: bytes.length,
      sha256: bytesToHex(sha256(bytes)),
      variables: [...shapes].map(([name, shape], i) => ({
        name,
        shape: [...shape],
        dtype: 'float32',
        byteLength: 4 * numbers[i]!.length,
      })),
    },
  };
  return new Map([
    // The weights first: a folder that has its model.json is complete.
    [WEIGHTS_FILE, bytes],
    [MODEL_FILE, new TextEncoder().encode(`${JSON.stringify(file, undefined, 2)}\n`)],
  ]);
}
