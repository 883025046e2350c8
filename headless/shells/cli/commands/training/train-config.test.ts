import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRecording } from '../../../../../datasets/recording/recording.ts';
import { trainModel } from '../../../../../models/training/train-model.ts';
import { DEFAULT_MODEL_FOLDER } from '../../../../work/models/model-folder.ts';
import { TINY_NETWORK } from '../../../../work/training/testing/tiny-recording.ts';
import type { TrainCommandOptions } from './train-config.ts';
import { trainConfig } from './train-config.ts';

let folder: string;
const at = (name: string) => path.join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'wheelhouse-train-config-'));
  const files = {
    'options.json': { optimiser: 'sgd', batch: 3, schedule: { kind: 'step', epochs: 2, factor: 0.5 } },
    'old-names.json': { averaging: 0.9, clip: 2 },
    'wrong-name.json': { learningRat: 1 },
    'wrong-value.json': { batch: 0 },
    'list.json': [1],
    'network.json': TINY_NETWORK,
    'wrong-layer.json': { layers: [{ type: 'flatten' }, { type: 'convolution', filters: 4, kernel: 3 }] },
    'wrong-type.json': { layers: [{ type: 'convolutoin' }] },
    'too-large.json': { layers: [{ type: 'convolution', filters: 4, kernel: 31 }, { type: 'flatten' }] },
    'units.json': { units: 16 },
  };
  for (const [name, content] of Object.entries(files)) await writeFile(at(name), JSON.stringify(content));
  await writeFile(at('broken.json'), '{"batch": ');
  await writeFile(at('marked.json'), `\uFEFF${JSON.stringify(TINY_NETWORK)}`);
  await writeFile(at('utf-16.json'), `\uFEFF${JSON.stringify({ batch: 3 })}`, 'utf16le');
  await cp(DEFAULT_MODEL_FOLDER, at('corrupt'), { recursive: true });
  const bytes = await readFile(at('corrupt/weights.bin'));
  bytes[7]! ^= 1;
  await writeFile(at('corrupt/weights.bin'), bytes);
});
afterAll(() => rm(folder, { recursive: true }));

const none: TrainCommandOptions = {
  model: 'cnn-lstm',
  set: [],
  checkpointEvery: 100,
  frameMemory: 512,
  frameCache: true,
  backend: 'wasm',
};
const config = (options: Partial<TrainCommandOptions>) => trainConfig(['drives'], at('out'), { ...none, ...options });

describe('the settings of a training', () => {
  it('keep how the recordings are to be read, and refuse what cannot be', async () => {
    const { reading, format, skipBad } = await config({
      columns: 'picture=file,steering=angle:deg:right',
      flipSteering: true,
      rate: 25,
      fullSteering: 30,
      format: 'picture-table',
      skipBad: true,
    });
    expect(reading).toEqual({
      rate: 25,
      fullSteering: Math.PI / 6,
      columns: {
        picture: { column: 'file' },
        steering: { column: 'angle', unit: 'deg', positive: 'right', flip: true },
      },
    });
    expect([format, skipBad]).toEqual(['picture-table', true]);
    expect(await config({})).not.toHaveProperty('reading');
    await expect(config({ columns: 'picture' })).rejects.toMatchObject({ code: 'bad-columns' });
  });

  it('later ones win: the file, --set, and the options of their own', async () => {
    const set = ['batch=5', 'optimiser=adamw', 'headWeights={"steeringAngle":1,"speed":0,"torque":0}'];
    const { training } = await config({ options: at('options.json'), set, epochs: 7 });
    expect(training).toMatchObject({
      batch: 5,
      optimiser: 'adamw',
      epochs: 7,
      schedule: { kind: 'step', factor: 0.5 },
    });
    expect(training.headWeights).toEqual({ steeringAngle: 1, speed: 0, torque: 0 });
  });

  it('settings within an option are put over earlier ones as long as its kind stays', async () => {
    const { training } = await config({
      options: at('options.json'),
      set: ['schedule.factor=0.9', 'headWeights.speed=0'],
    });
    expect(training.schedule).toEqual({ kind: 'step', epochs: 2, factor: 0.9 });
    expect(training.headWeights).toEqual({ steeringAngle: 1, speed: 0, torque: 0.3 });
    const other = await config({ options: at('options.json'), schedule: 'exponential' });
    expect(other.training.schedule).toEqual({ kind: 'exponential', factor: 0.9 });
  });

  it('a dot leads into an option in a file too, and 0 is a weight', async () => {
    await writeFile(
      at('dotted.json'),
      JSON.stringify({ 'headWeights.speed': 0, 'schedule.kind': 'step', 'schedule.factor': 0.3 }),
    );
    const { training } = await config({ options: at('dotted.json') });
    expect(training).toMatchObject({ headWeights: { speed: 0 }, schedule: { kind: 'step', factor: 0.3 } });
    expect((await config({ set: ['headWeights.speed=0'] })).training.headWeights.speed).toBe(0);
    const unclear = /schedule\.kind: say which schedule .*step or exponential \(--schedule step\)/;
    await expect(config({ set: ['schedule.factor=0.5'] })).rejects.toThrow(unclear);
  });

  it('file and --set take every option of the table, under old names with a note', async () => {
    const notes: string[] = [];
    const set = ['carry=2', 'gradientClipping=3', 'stride=2', 'width=64', 'height=48'];
    const options = { ...none, options: at('old-names.json'), set };
    const { training, ...data } = await trainConfig(['drives'], at('out'), options, (line) => notes.push(line));
    expect(training).toMatchObject({ ema: 0.9, gradientClipping: 3, tbptt: 2 });
    expect(data).toMatchObject({ stride: 2, width: 64, height: 48, time: 4 });
    expect(notes).toEqual([
      expect.stringMatching(/old-names\.json: .*averaging is called ema now/),
      expect.stringMatching(/old-names\.json: .*clip is called gradientClipping now/),
      expect.stringMatching(/^the training option carry is called tbptt now/),
    ]);
  });

  it('a file is a network of its own, or options of one in the zoo', async () => {
    expect(await config({ network: at('network.json') })).toMatchObject({
      architecture: 'layers',
      networkOptions: TINY_NETWORK,
    });
    expect(await config({ network: at('units.json') })).toMatchObject({
      architecture: 'cnn-lstm',
      networkOptions: { units: 16 },
    });
    expect(await config({ set: ['loss=gaussian'] })).toMatchObject({ networkOptions: { uncertainty: true } });
  });

  it('files may have a byte order mark, or be in UTF-16', async () => {
    const options = { network: at('marked.json'), options: at('utf-16.json') };
    const { networkOptions, training } = await config(options);
    expect([networkOptions, training.batch]).toMatchObject([TINY_NETWORK, 3]);
  });

  const wrong: [Partial<TrainCommandOptions>, RegExp][] = [
    [{ set: ['batch'] }, /^--set batch: .*name=value;/],
    [{ set: ['learningRat=1'] }, /^training options: .*learningRat.*; did you mean learningRate\?/],
    [{ set: ['learningRate=fast'] }, /^training option learningRate: .*;/],
    [{ set: ['optimiser=adamm'] }, /^training option optimiser: .*adamw.*;/],
    [{ set: ['schedule.kind=cosin'] }, /^training option schedule.*;/],
    [{ options: 'wrong-name.json' }, /^wrong-name\.json: .*learningRat.*did you mean learningRate/],
    [{ options: 'wrong-value.json' }, /^wrong-value\.json: training option batch/],
    [{ set: ['stride=0'] }, /^training option stride: /],
    [{ options: 'nowhere.json' }, /nowhere\.json: there is no such file/],
    [{ options: 'broken.json' }, /broken\.json: it is not JSON/],
    [{ options: 'list.json' }, /list\.json: it holds no JSON object/],
    [{ network: 'wrong-layer.json' }, /wrong-layer\.json: .*layer 2 \(convolution\).*needs an image/],
    [{ network: 'wrong-type.json' }, /wrong-type\.json: .*layers\.0/],
    [{ network: 'too-large.json', size: { width: 24, height: 12 } }, /too-large\.json: .*31×31.*does not fit/],
    [{ size: { width: 20, height: 10 } }, /^cnn-lstm: .*does not fit/],
    [{ model: 'cnn-lstn' }, /cnn-lstn.*cnn-lstm/],
    [{ from: 'corrupt' }, /corrupt\/weights\.bin: .*SHA-256/],
    [{ from: 'nowhere' }, /nowhere: there is no such model folder/],
  ];
  it.each(wrong)('%j is refused in one line', async (options, message) => {
    const placed = { ...options };
    for (const name of ['options', 'network', 'from'] as const) {
      const given = options[name];
      if (given !== undefined) Object.assign(placed, { [name]: at(given) });
    }
    const error = await config(placed).catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ name: 'Refusal' });
    const text = (error as Error).message.replaceAll(`${folder}/`, '');
    expect(text).toMatch(message);
    expect(text).not.toContain('\n');
  });

  it('whole recordings validate when the split says so, and one alone is refused', async () => {
    expect(await config({})).toMatchObject({ split: 'time-block' });
    const { split } = await config({ split: 'recording' });
    expect(split).toBe('recording');
    const options = { architecture: 'cnn-lstm', stride: 1, split, validationShare: 0.2, testTail: 0, training: {} };
    await expect(trainModel([twoSamples(0.1)], options)).rejects.toThrow(/split by recording; split by time-block/);
  });

  it('recordings without steering are refused by name', async () => {
    const options = { architecture: 'cnn-lstm', stride: 1, validationShare: 0, testTail: 0, training: {} };
    const silent = twoSamples(Number.NaN);
    await expect(trainModel([silent], options)).rejects.toThrow(/^silent: the recording has no steering angles/);
  });
});

function twoSamples(angle: number) {
  return createRecording({
    metadata: {
      format: 'test',
      name: 'silent',
      rate: 20,
      timeSource: 'recorded',
      cameras: { centre: { width: 8, height: 8 } },
      conversions: [],
    },
    columns: {
      time: Float64Array.of(0, 0.05),
      speed: Float64Array.of(1, 1),
      steeringAngle: Float64Array.of(angle, angle),
    },
    cameras: {},
  });
}
