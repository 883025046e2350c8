import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { parseJson, parseOrRefuse } from '../../sim/parse.ts';
import { Refusal } from '../../sim/refusal.ts';
import type { Network } from '../network/network.ts';
import { type Weights, writeWeights } from '../network/weights.ts';
import { type Architectures, createNetwork, planNetwork } from '../zoo/zoo.ts';
import {
  MODEL_FILE,
  MODEL_FORMAT_VERSION,
  type ModelFile,
  modelFileSchema,
  type TrainingSummary,
  WEIGHTS_FILE,
} from './model-format.ts';

const MEND = 'copy the model folder again or train it anew';

/** A model without its network: enough to inspect it, and to make the network on any backend. */
export interface DecodedModel {
  readonly file: ModelFile;
  readonly weights: Weights;
}

/**
 * Checks the files of a model folder.
 * @param files by name; `model.json` and `weights.bin` are looked at
 * @param folder for messages
 * @throws Refusal naming file and field, when one is missing, damaged, of a newer version, or does not fit
 */
export function readModelFiles(
  files: ReadonlyMap<string, Uint8Array>,
  folder = '',
  known?: Architectures,
): DecodedModel {
  const at = (name: string): string => (folder === '' ? name : `${folder}/${name}`);
  const file = readModelFile(files.get(MODEL_FILE), at(MODEL_FILE));
  const { plans } = planNetwork(file.spec, known);
  const listed = file.weights.variables;
  for (const [i, plan] of plans.entries()) {
    const variable = listed[i];
    const fits = variable?.name === plan.name && `${variable.shape}` === `${plan.shape}`;
    if (fits && variable.byteLength === 4 * plan.shape.reduce((product, length) => product * length, 1)) continue;
    const found = variable === undefined ? 'nothing' : `${variable.name} [${variable.shape.join(', ')}]`;
    const what = `${file.spec.architecture} needs ${plan.name} [${plan.shape.join(', ')}] there, found ${found}`;
    throw new Refusal('wrong-weights', `${at(MODEL_FILE)}, weights.variables.${i}`, what, MEND);
  }
  if (listed.length > plans.length) {
    const what = `${listed.length} variables are listed, ${file.spec.architecture} has ${plans.length}`;
    throw new Refusal('wrong-weights', `${at(MODEL_FILE)}, weights.variables`, what, MEND);
  }
  return { file, weights: readWeightsFile(files.get(WEIGHTS_FILE), file, at(WEIGHTS_FILE)) };
}

/** A network with the weights of a model folder, on the current backend. @throws Refusal as `readModelFiles` does */
export function decodeModel(
  files: ReadonlyMap<string, Uint8Array>,
  folder = '',
  known?: Architectures,
): { network: Network; training: TrainingSummary | null } {
  const { file, weights } = readModelFiles(files, folder, known);
  const network = createNetwork(file.spec, 0, known);
  writeWeights(network, weights);
  return { network, training: file.training };
}

function readModelFile(bytes: Uint8Array | undefined, where: string): ModelFile {
  if (bytes === undefined) {
    throw new Refusal('no-model', where, 'the file is missing', 'give the folder of a model, which holds it');
  }
  const refused = { code: 'damaged-model', where, joint: ', ', mend: MEND };
  const json = parseJson(bytes, refused);
  const version = typeof json === 'object' && json !== null && 'version' in json ? json.version : undefined;
  if (typeof version === 'number' && version > MODEL_FORMAT_VERSION) {
    const what = `the format is version ${version}, this program reads up to ${MODEL_FORMAT_VERSION}`;
    throw new Refusal('newer-model', `${where}, version`, what, 'update the program');
  }
  return parseOrRefuse(modelFileSchema, json, refused);
}

function readWeightsFile(bytes: Uint8Array | undefined, { weights: listed }: ModelFile, where: string): Weights {
  if (bytes === undefined) throw new Refusal('no-weights', where, 'the file is missing', MEND);
  const sum = listed.variables.reduce((total, { byteLength }) => total + byteLength, 0);
  if (bytes.length !== listed.byteLength || bytes.length !== sum) {
    const what = `it has ${bytes.length} bytes, ${sum} belong there`;
    throw new Refusal('wrong-weights', where, what, MEND);
  }
  if (bytesToHex(sha256(bytes)) !== listed.sha256) {
    throw new Refusal('damaged-weights', where, 'its SHA-256 is not the one in model.json', MEND);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const weights = new Map<string, Float32Array>();
  let at = 0;
  for (const { name, byteLength } of listed.variables) {
    const start = at;
    const values = Float32Array.from({ length: byteLength / 4 }, (_, i) => view.getFloat32(start + 4 * i, true));
    const bad = values.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) {
      throw new Refusal('damaged-weights', `${where}, ${name}`, `number ${bad} is ${values[bad]}`, MEND);
    }
    weights.set(name, values);
    at += byteLength;
  }
  return weights;
}
