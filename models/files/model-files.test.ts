import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { beforeAll, expect, test } from 'vitest';
import { readWeights } from '../network/weights.ts';
import { openForTests } from '../testing/open-for-tests.ts';
import { createNetwork, createSpec } from '../zoo/zoo.ts';
import { decodeModel } from './decode-model.ts';
import { encodeModel } from './encode-model.ts';
import type { ModelFile } from './model-format.ts';

let files: Map<string, Uint8Array>;

beforeAll(async () => {
  await openForTests('cpu');
  const network = createNetwork(createSpec('cnn-lstm', { options: { units: 8 } }), 11);
  files = await encodeModel(network, { seed: 11, epochs: 3 });
  network.dispose();
});

function changed(change: (file: ModelFile & Record<string, unknown>) => void): Map<string, Uint8Array> {
  const file = JSON.parse(new TextDecoder().decode(files.get('model.json')));
  change(file);
  return new Map([...files, ['model.json', new TextEncoder().encode(JSON.stringify(file))]]);
}

test('a model comes back as it was written', async () => {
  const { network, training } = decodeModel(files);
  const original = createNetwork(network.spec, 11);
  const expected = await readWeights(original);
  for (const [name, numbers] of await readWeights(network)) {
    expect(Buffer.from(numbers.buffer).equals(Buffer.from(expected.get(name)!.buffer)), name).toBe(true);
  }
  expect(training).toEqual({ seed: 11, epochs: 3 });
  const again = await encodeModel(network, training!);
  expect([...again.keys()].sort()).toEqual(['model.json', 'weights.bin']);
  for (const [name, bytes] of again) expect(Buffer.from(bytes).equals(files.get(name)!), name).toBe(true);
  network.dispose();
  original.dispose();
});

test('missing files are named', () => {
  const without = (name: string) => new Map([...files].filter(([other]) => other !== name));
  expect(() => decodeModel(without('model.json'), 'runs/a')).toThrow(/^runs\/a\/model.json: the file is missing; give/);
  expect(() => decodeModel(without('weights.bin'), 'runs/a')).toThrow(
    /^runs\/a\/weights.bin: the file is missing; copy/,
  );
});

test('weights of the wrong size are refused', () => {
  const short = new Map([...files, ['weights.bin', files.get('weights.bin')!.slice(0, -4)]]);
  expect(() => decodeModel(short)).toThrow(/^weights.bin: it has \d+ bytes, \d+ belong there; copy/);
});

test('one flipped bit in the weights is found', () => {
  const bytes = files.get('weights.bin')!.slice();
  bytes[1000]! ^= 1;
  expect(() => decodeModel(new Map([...files, ['weights.bin', bytes]]))).toThrow(/^weights.bin: its SHA-256/);
});

test('a weight that is not a number is found, though the hash fits', () => {
  const bytes = files.get('weights.bin')!.slice();
  new DataView(bytes.buffer).setFloat32(8, Number.NaN, true);
  const model = changed((file) => {
    file.weights.sha256 = bytesToHex(sha256(bytes));
  });
  model.set('weights.bin', bytes);
  expect(() => decodeModel(model)).toThrow(/^weights.bin, convolution-1\/filter: number 2 is NaN/);
});

test('what does not fit in model.json is refused by field', () => {
  const refused: [RegExp, (file: ModelFile & Record<string, unknown>) => void][] = [
    [/^model.json, version: the format is version 9/, (file) => Object.assign(file, { version: 9 })],
    [/no "rnn-2000" in the zoo/, (file) => Object.assign(file.spec, { architecture: 'rnn-2000' })],
    [/cnn-lstm options.*colour/, (file) => Object.assign(file.spec.options, { colour: 1 })],
    [/^model.json, spec.input.width: /, (file) => Object.assign(file.spec.input, { width: -3 })],
    [
      /^model.json, weights.variables.0: .* needs convolution-1\/filter \[5, 5, 3, 16\]/,
      (file) => file.weights.variables.shift(),
    ],
    [/^model.json, spec.outputs.0.scale: /, (file) => Object.assign(file.spec.outputs[0]!, { scale: 0 })],
  ];
  for (const [message, change] of refused) expect(() => decodeModel(changed(change))).toThrow(message);
  expect(() => decodeModel(new Map([...files, ['model.json', new Uint8Array([123, 0, 255])]]))).toThrow(
    /it is not JSON/,
  );
});
