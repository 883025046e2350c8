import { describe, expect, it } from 'vitest';
import { readAngleTable } from './angle-table.ts';
import { angleUnits, inRadians } from './angle-units.ts';
import { readColumnName } from './column-names.ts';
import { layBeside } from './lay-beside.ts';
import { refuseTruthAsPrediction } from './own-column.ts';
import { type PairOptions, pairAngles } from './pair-angles.ts';

const predictions = (text: string, wanted?: string) => readAngleTable(text, 'p.csv', 'predicted', wanted);
const truth = (text: string, wanted?: string) => readAngleTable(text, 't.csv', 'truth', wanted);
const table = (head: string, rows: readonly (readonly (string | number)[])[]) =>
  [head, ...rows.map((row) => row.join(','))].join('\n');
const pair = (own: string, theirs: string, options?: PairOptions) =>
  pairAngles(predictions(own), truth(theirs), options);

describe('which column is taken', () => {
  it.each([
    ['frame_id,steering_angle,predicted', 'predicted', 'steering_angle'],
    ['frame_id,predicted_steering,steering', 'predicted_steering', 'steering'],
    ['image,y_true,y_pred', 'y_pred', 'y_true'],
    ['frame,actual,komanda', 'komanda', 'actual'],
    ['user/angle,pilot/angle,user/throttle,pilot/throttle', 'pilot/angle', 'user/angle'],
    ['time,steering_pred,throttle_pred,steering,throttle,speed', 'steering_pred', 'steering'],
    ['Frame ID,Ground Truth (rad),Model Output (rad)', 'Model Output (rad)', 'Ground Truth (rad)'],
    ['timestamp,human_angle_deg,network_angle_deg', 'network_angle_deg', 'human_angle_deg'],
  ])('of %s is that of each side', (header, own, theirs) => {
    const row = [1, 0.1, 0.2, 0.3, 0.4, 5].slice(0, header.split(',').length);
    const text = table(header, [row, row]);
    expect([predictions(text).name, truth(text).name]).toEqual([own, theirs]);
  });

  it('is asked for where two say the same', () => {
    const text = table('frame,pred_a,pred_b', [[1, 0.1, 0.2]]);
    expect(() => predictions(text)).toThrow(
      /which column holds the predicted angles; choose .*pred_a, pred_b.*--column/,
    );
    expect(() => truth(table('frame,sideways,up', [[1, 0.1, 0.2]]))).toThrow(/the true angles.*--truth-column/);
    expect(() => truth(table('frame,predicted', [[1, 0.1]]))).toThrow(/the true angles.*--truth-column/);
  });

  it('is told by what is in it where there is no header', () => {
    const own = predictions('1479425440000000000 0.1\n1479425440050000000 0.2\n');
    expect([own.name, [...own.angles]]).toEqual(['2', [0.1, 0.2]]);
    expect(predictions('IMG/center_1.jpg, 0.1\nIMG/center_2.jpg, 0.2\n').keys.frames).toEqual([
      'center_1.jpg',
      'center_2.jpg',
    ]);
  });

  it('is never the truth itself', () => {
    const theirs = table('frame_id,steering_angle', [
      [1, 0.1],
      [2, 0.2],
    ]);
    const own = table('frame_id,steering_angle,ours', [
      [1, 0.1, 0.3],
      [2, 0.2, 0.1],
    ]);
    const check = (text: string) => {
      const column = predictions(text);
      refuseTruthAsPrediction(column, truth(theirs), pairAngles(column, truth(theirs)));
    };
    expect(() => check(own)).toThrow(/steering_angle: each of its 2 angles is that of the truth .*--column \(ours\)/);
    expect(() => check(theirs)).toThrow(/give the file of the predictions/);
  });

  it('says its unit', () => {
    const unit = (name: string) => readColumnName(name).unit?.name;
    expect(['steering_deg', 'predicted_deg', 'angle (rad)', 'steering_angle'].map(unit)).toEqual([
      'deg',
      'deg',
      'rad',
      undefined,
    ]);
  });
});

describe('units', () => {
  const units = (own: string, theirs: string, choices = {}) => {
    const rows = [[1, 0.5] as const];
    return angleUnits(predictions(table(`frame,${own}`, rows)), truth(table(`frame,${theirs}`, rows)), choices);
  };

  it('are those of the headers, else what a person says, else rad', () => {
    expect(units('steering_deg', 'steering_rad')).toMatchObject({ predicted: { name: 'deg' }, truth: { name: 'rad' } });
    expect(units('steering', 'angle')).toMatchObject({ predicted: { name: 'rad' }, truth: { name: 'rad' } });
    expect(units('steering', 'angle', { unit: 'deg' })).toMatchObject({ truth: { name: 'deg' } });
    expect(units('steering', 'angle_deg', { unit: 'rad' })).toMatchObject({
      predicted: { name: 'rad' },
      truth: { name: 'deg' },
    });
    expect(units('steering', 'angle', { unit: 'deg', truthUnit: 'rad' })).toMatchObject({
      predicted: { name: 'deg' },
      truth: { name: 'rad' },
    });
    const { predicted } = units('steering', 'angle', { unit: 'share' });
    expect(inRadians(Float64Array.of(0.5), predicted, { steeringRatio: 10, fullSteering: 0.4 })[0]).toBeCloseTo(2, 12);
  });

  it('are refused where header and person, or header and silence, contradict each other', () => {
    expect(() => units('steering_deg', 'angle_deg', { unit: 'rad' })).toThrow(/says deg, and --unit says rad; leave/);
    expect(() => units('steering_deg', 'angle_deg', { truthUnit: 'rad' })).toThrow(/t.csv.*--truth-unit says rad/);
    expect(() => units('steering', 'angle_deg')).toThrow(/p.csv: steering: the header says no unit/);
  });

  it('are not rad where no steering wheel turns so far', () => {
    const text = table('frame,angle', [[1, 90]]);
    expect(() => angleUnits(predictions(text), truth(text), {})).toThrow(/90\.0 rad .*--unit deg/);
    expect(angleUnits(predictions(text), truth(text), { unit: 'rad' }).truth.name).toBe('rad');
  });
});

describe('rows', () => {
  it('go by frame where both have one, however it is written, and what belongs to no frame is counted', () => {
    const own = table('frame,steering', [
      ['c.jpg', 3],
      ['a.jpg', 1],
      ['b.jpg', 2],
    ]);
    const theirs = table('image,angle', [
      ['IMG\\a.jpg', 10],
      ['IMG\\b.jpg', 20],
    ]);
    const pairs = pair(own, theirs);
    expect([[...pairs.predicted], [...pairs.truth]]).toEqual([
      [1, 2],
      [10, 20],
    ]);
    expect(pairs).toMatchObject({ by: 'frame', unused: 1, moved: 0 });
    const numbers = pair(table('id,steering', [['7.0', 1]]), table('frame_id,angle', [['007', 2]]));
    expect([...numbers.predicted]).toEqual([1]);
  });

  it('go by time where both tell it, in whatever unit', () => {
    const own = table('t_ms,steering', [
      [2000, 1],
      [2051, 2],
      [2099, 3],
    ]);
    const theirs = table('time,angle', [
      [2, 10],
      [2.05, 20],
      [2.1, 30],
    ]);
    expect(pair(own, theirs)).toMatchObject({ by: 'time', rate: 20, predicted: Float64Array.of(1, 2, 3) });
  });

  it('go by time before numbers that only count the rows of a file', () => {
    const counted = (order: readonly number[]) =>
      table(
        ',time,steering',
        order.map((i, row) => [row, i / 20, i]),
      );
    const pairs = pair(counted([0, 1, 2, 3]), counted([2, 0, 3, 1]));
    expect(pairs).toMatchObject({ by: 'time', predicted: Float64Array.of(0, 1, 2, 3), moved: 4 });
    expect([...pairs.truth]).toEqual([0, 1, 2, 3]);
    const only = table(',predicted', [
      [0, 0.5],
      [1, 0.25],
    ]);
    expect(pair(only, table('frame,angle', [[1, 2]]))).toMatchObject({ by: 'frame', predicted: Float64Array.of(0.25) });
  });

  it('go one by one otherwise', () => {
    const own = table('steering', [[3], [1]]);
    expect(pair(own, table('angle', [[1], [2]]))).toMatchObject({ by: 'row', predicted: Float64Array.of(3, 1) });
    const theirs = table('frame,angle', [[1, 2]]);
    expect(() => pair(own, theirs)).toThrow(/has 2 rows, and t.csv has 1/);
    expect(() => pair(theirs, table('frame,angle', [[9, 2]]))).toThrow(/no frame of t.csv .* 9, .* 1; .*--by row/);
    expect(pair(theirs, table('frame,angle', [[9, 2]]), { by: 'row' }).by).toBe('row');
    expect(() => pair(own, theirs, { by: 'time' })).toThrow(/t.csv: .*tells the time .*--by row/);
  });

  it('are put in the order of their times, or of the numbers in their names', () => {
    const rows = [2, 0, 1, 3].map((i) => [`1479425440${i}00000000`, i]);
    const shuffled = table('frame_id,angle', rows);
    const pairs = pair(shuffled, shuffled);
    expect(pairs).toMatchObject({ truth: Float64Array.of(0, 1, 2, 3), moved: 3, order: 'time', rate: 10 });
    const named = table(
      'file,angle',
      [10, 9, 11].map((i) => [`frame_${i}.png`, i]),
    );
    expect(pair(named, named)).toMatchObject({ truth: Float64Array.of(9, 10, 11), order: 'number' });
  });

  it('stay as they are where several recordings stand one after the other', () => {
    const rows = Array.from({ length: 120 }, (_, i) => [`${i}.jpg`, (i % 60) / 20, i]);
    const text = table('image,time,angle', rows);
    const pairs = pair(text, text);
    expect(pairs).toMatchObject({ by: 'frame', moved: 0, order: 'file' });
    expect(pairs.runs).toEqual([
      { start: 0, end: 60 },
      { start: 60, end: 120 },
    ]);
  });

  it('have gaps where frames are missing', () => {
    const text = table(
      'frame,angle',
      [1, 2, 3, 5, 6].map((i) => [i, i / 10]),
    );
    expect(pair(text, text).runs).toEqual([
      { start: 0, end: 3 },
      { start: 3, end: 5 },
    ]);
  });

  it('refuse a frame without a prediction, or leave it out when told to', () => {
    const theirs = table('frame,angle', [
      ['a', 1],
      ['b', 2],
      ['c', 3],
    ]);
    const own = table('frame,angle', [
      ['a', 1],
      ['c', ''],
    ]);
    expect(() => pair(own, theirs)).toThrow(/no prediction for frame b .*line 3.*--allow-missing/);
    expect(pair(own, theirs, { allowMissing: true })).toMatchObject({ truth: Float64Array.of(1), missing: 2 });
    expect(() => pair(table('frame,angle', [['a', '']]), table('frame,angle', [['a', 1]]))).toThrow(
      /line 2: angle: is empty; /,
    );
    expect(() => pair(table('frame,angle', [['a', 'Infinity']]), table('frame,angle', [['a', 1]]))).toThrow(
      /line 2: angle: is "Infinity", which is no finite number; /,
    );
  });

  it('refuse a frame with two angles, and leave repetitions out', () => {
    const theirs = table('frame,angle', [['a', 1]]);
    const twice = (second: number) =>
      table('frame,angle', [
        ['a', 1],
        ['a', second],
      ]);
    expect(() => pair(twice(2), theirs)).toThrow(/line 3: frame a is there twice/);
    expect(() => pair(theirs, twice(2))).toThrow(/t.csv line 3: frame a is there twice/);
    expect(pair(twice(1), theirs).repeated).toBe(1);
    expect(pair(theirs, twice(1))).toMatchObject({ repeated: 1, truth: Float64Array.of(1) });
  });

  it('tell their rate in Unix times of any unit, blind to a gap', () => {
    for (const [unit, digits] of [
      [1e9, 1e18],
      [1e6, 1e15],
      [1e3, 1e12],
    ] as const) {
      const start = BigInt(digits) + BigInt(digits) / 2n;
      const rows = [0, 0.05, 0.1, 9, 9.05].map((time) => [String(start + BigInt(Math.round(time * unit))), 0.1]);
      const text = table('frame_id,angle', rows);
      expect(pair(text, text).rate).toBe(20);
    }
  });

  it('say no rate where the frames are only counted', () => {
    const text = table('frame_id,angle', [
      [1, 0],
      [2, 0],
      [3, 0],
    ]);
    expect(pair(text, text).rate).toBeNull();
  });
});

describe('predictions beside a recording', () => {
  const time = Float64Array.from({ length: 5 }, (_, i) => i / 20);
  const lay = (text: string) => [...layBeside(predictions(text), time)];

  it('go by time, in the unit that the header says', () => {
    const text = table('sample,time,steering_angle,predicted_deg', [
      [7, 0.1, 0, 180],
      [6, 0.05, 0, 90],
    ]);
    expect(lay(text)).toEqual([Number.NaN, Math.PI / 2, Math.PI, Number.NaN, Number.NaN]);
  });

  it('go by the number of the sample where the times are others, else row by row', () => {
    expect(lay(table('index,predicted', [[3, 0.5]]))).toEqual([Number.NaN, Number.NaN, Number.NaN, 0.5, Number.NaN]);
    expect(lay('0.1\n0.2\n0.3\n0.4\n0.5\n')).toEqual([0.1, 0.2, 0.3, 0.4, 0.5]);
  });

  it('are refused where they are of another recording', () => {
    expect(() => lay('0.1\n0.2\n')).toThrow(/its 2 rows are not of this recording, which has 5 samples; give it/);
    expect(() => lay(table('index,predicted', [[9, 0.5]]))).toThrow(/not of this recording/);
    expect(() => lay('time;predicted\n0.05;left\n')).toThrow(/line 2: predicted: is "left", which is no number/);
  });
});
