import { expect, test } from 'vitest';
import { OPTION_TABLE } from '../training/option-table/table.ts';
import { trainingSettings } from '../training/training-settings.ts';
import { search } from './search.ts';
import { resolveSetting, searchConfig } from './search-config.ts';
import { settingsOf } from './settings.ts';

const base = { method: 'grid', settings: { learningRate: [0.1, 0.2] } };

test('a grid holds every combination, a random search what its seed draws', () => {
  const grid = searchConfig({ ...base, settings: { learningRate: [0.1, 0.2], 'network.units': [8, 16, 32] } }, 'file');
  expect(settingsOf(grid)).toHaveLength(6);
  expect(new Set(settingsOf(grid).map((setting) => JSON.stringify(setting))).size).toBe(6);
  const settings = { learningRate: { min: 1e-4, max: 1e-2, scale: 'log' }, batch: { min: 2, max: 9, whole: true } };
  const random = (seed: number) => settingsOf(searchConfig({ method: 'random', settings, count: 200, seed }, 'file'));
  expect(random(1)).toEqual(random(1));
  expect(random(1)).not.toEqual(random(2));
  const rates = random(1).map(({ learningRate }) => learningRate as number);
  expect(Math.min(...rates)).toBeGreaterThanOrEqual(1e-4);
  expect(Math.max(...rates)).toBeLessThanOrEqual(1e-2);
  // Half of a logarithmic range lies below its geometric mean.
  const below = rates.filter((rate) => rate < 1e-3).length;
  expect(Math.abs(below - 100)).toBeLessThan(30);
  expect(new Set(random(1).map(({ batch }) => batch))).toEqual(new Set([2, 3, 4, 5, 6, 7, 8, 9]));
});

test('halving gives the better share more epochs, and ranks who was dropped later above who was dropped before', async () => {
  const settings = { learningRate: { min: 0.001, max: 0.1 } };
  const config = searchConfig({ method: 'halving', settings, count: 8, rounds: [1, 2, 4], keep: 0.5 }, 'file');
  const trials: string[] = [];
  const rows = await search(config, async ({ index, name, epochs, seed }, done, total) => {
    expect([done, total]).toEqual([trials.length, (8 + 4 + 2) * 3]);
    trials.push(name);
    // The setting 7 is the best, and 0 looks well at first only.
    const quality = index === 0 && epochs === 1 ? 0 : 10 - index;
    return quality + 0.1 * seed;
  });
  expect(new Set(trials).size).toBe(42);
  expect(rows.map(({ index, epochs }) => [index, epochs])).toEqual([
    [7, 4],
    [6, 4],
    [5, 2],
    [0, 2],
    [4, 1],
    [3, 1],
    [2, 1],
    [1, 1],
  ]);
  expect(rows[0]!.mean).toBeCloseTo(3.2, 12);
});

test('a setting of which one training failed comes last', async () => {
  const rows = await search(searchConfig(base, 'file'), async ({ index, seed }) =>
    index === 0 && seed === 2 ? null : 1,
  );
  expect(rows.map(({ index, mean }) => [index, mean])).toEqual([
    [1, 1],
    [0, null],
  ]);
});

test('a search tries every option of the table by its name, under an old one with a note', () => {
  const notes: string[] = [];
  const settings = { clip: [1, 5], stride: [2, 4], 'schedule.kind': ['cosine', 'constant'], time: [3] };
  const given = { method: 'grid', training: { carry: 1, width: 64, height: 48 }, settings };
  const config = searchConfig(given, 'file', (line) => notes.push(line));
  expect(Object.keys(config.settings)).toEqual(['gradientClipping', 'stride', 'schedule.kind', 'time']);
  expect(notes).toEqual([expect.stringMatching(/carry is called tbptt/), expect.stringMatching(/clip is called grad/)]);
  const { training, data } = resolveSetting(config, settingsOf(config).at(-1)!, 7, 3);
  expect(training).toMatchObject({ gradientClipping: 5, schedule: { kind: 'constant' }, seed: 7, epochs: 3 });
  expect(data).toMatchObject({ stride: 4, width: 64, height: 48, time: 3 });
});

test('what a setting leaves open is as the table has it', () => {
  const config = searchConfig({ ...base, training: { loss: 'gaussian' } }, 'file');
  expect(resolveSetting(config, {}, 1)).toEqual(trainingSettings('cnn-lstm', {}, { loss: 'gaussian' }));
  expect(resolveSetting(config, {}, 1)).toMatchObject({ data: { time: 4 }, networkOptions: { uncertainty: true } });
});

const incomparable = Object.entries(OPTION_TABLE).filter(([, { changesLoss }]) => changesLoss);
test.each(incomparable)('%s is not searched over, as the losses could not be compared', (name, option) => {
  const value = name === 'headWeights' ? 'headWeights.speed' : name;
  const values = option.kind === 'choice' ? [...option.values] : [0.1, 0.2];
  expect(() => searchConfig({ ...base, settings: { [value]: values } }, 's.json')).toThrow(/cannot be compared/);
});

const wrong: [object, RegExp][] = [
  [{ ...base, metod: 'grid' }, /^s\.json.*metod/],
  [{ ...base, method: 'guess' }, /s\.json, method: .*grid/],
  [{ ...base, seeds: [1, 2] }, /s\.json, seeds/],
  [{ ...base, settings: {} }, /s\.json, settings: name an option/],
  [
    { ...base, settings: { learningRat: [1] } },
    /s\.json, settings\.learningRat: .*learningRat.*did you mean learningRate/,
  ],
  [{ ...base, training: { epoch: 1 } }, /s\.json, training: .*did you mean epochs/],
  [{ ...base, settings: { learningRate: [-1] } }, /settings\.learningRate: .*training option learningRate/],
  [{ ...base, settings: { 'network.unit': [8] } }, /settings\.network\.unit: cnn-lstm options.*unit/],
  [{ ...base, settings: { width: [9] } }, /settings\.width: cnn-lstm: .*does not fit/],
  [{ ...base, settings: { loss: ['mse', 'mae'] } }, /settings\.loss: .*cannot be compared/],
  [{ ...base, settings: { learningRate: { min: 1, max: 2 } } }, /settings\.learningRate: a grid needs a list/],
  [{ ...base, model: 'cnn-lstn' }, /cnn-lstn/],
];
test.each(wrong)('%j is refused in one line', (given, message) => {
  expect(() => searchConfig(given, 's.json')).toThrow(message);
});
