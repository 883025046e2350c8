import { describe, expect, it } from 'vitest';
import { codec, greyJpeg } from '../../../headless/machine/images/testing/grey-jpeg.ts';
import { MemoryStorage } from '../../storage/memory.ts';
import { type ColumnReadings, parseColumns } from '../columns/readings.ts';
import { openAnyRecording } from '../open.ts';

const picture = await greyJpeg(90, 32, 16);
const DEGREE = Math.PI / 180;

function folder(table: string, names = ['a.jpg', 'b.jpg', 'c.jpg'], file = 'labels.csv'): MemoryStorage {
  return new MemoryStorage('mine', { [file]: table, ...Object.fromEntries(names.map((name) => [name, picture])) });
}
const open = (storage: MemoryStorage, columns: string | ColumnReadings, more = {}) =>
  openAnyRecording(storage, codec, { columns: typeof columns === 'string' ? parseColumns(columns) : columns, ...more });

const TABLE = 'id,when,file,wheel (deg),v,note\n1,10.0,a.jpg,1,36,x\n2,10.05,b.jpg,-2,72,\n3,10.1,c.jpg,3,36,y\n';
const COLUMNS = 'picture=file,time=when,steering=wheel (deg),speed=v:km/h';

describe('a table whose columns are named', () => {
  it('becomes a recording in our units; other numbers are kept, texts are left out and named', async () => {
    const { columns, metadata, notes, segments } = await open(folder(TABLE), COLUMNS);
    expect(metadata).toMatchObject({
      format: 'picture-table',
      timeSource: 'recorded',
      cameras: { centre: { width: 32 } },
    });
    expect([...columns.time]).toEqual([0, 0.05, 0.1]);
    expect([...columns.steeringAngle!]).toEqual([1, -2, 3].map((value) => value * DEGREE));
    expect([...columns.speed!]).toEqual([10, 20, 10]);
    expect([...columns['source.id']!]).toEqual([1, 2, 3]);
    expect(segments).toHaveLength(1);
    expect(notes).toEqual([
      'wheel (deg) is taken as left positive; steering=wheel (deg):deg:right turns it round',
      'the times of when are taken as s, by their size and steps',
      'columns without numbers are left out: note',
    ]);
  });

  it('is known by columns.json beside it', async () => {
    const storage = folder(TABLE);
    await storage.write('columns.json', JSON.stringify({ ...parseColumns(COLUMNS), time: { column: '2', unit: 's' } }));
    const recording = await openAnyRecording(storage, codec);
    expect([recording.metadata.format, recording.length]).toEqual(['picture-table', 3]);
  });

  it.each([
    ['rad', 1],
    ['deg:right', -DEGREE],
    ['road-deg', DEGREE * 10],
    ['road-rad:right', -10],
    ['share:right', -25 * DEGREE * 10],
  ])('reads steering in %s', async (unit, factor) => {
    const { columns } = await open(folder(TABLE), `picture=file,time=when:s,steering=4:${unit}`, { steeringRatio: 10 });
    expect(columns.steeringAngle![1]).toBeCloseTo(-2 * factor, 12);
  });

  it('takes what is to be scaled, moved and turned round', async () => {
    const reading = parseColumns(COLUMNS);
    const columns = { ...reading, steering: { ...reading.steering!, scale: 0.5, offset: 1, flip: true } };
    const recording = await open(folder(TABLE), columns);
    expect(recording.columns.steeringAngle![0]).toBeCloseTo(-1.5 * DEGREE, 12);
  });

  it.each([
    ['dates', ['2024-05-06T10:00:00.000Z', '2024-05-06T10:00:00.050Z', '2024-05-06T10:00:00.100Z']],
    ['dates of another country', ['06.05.2024 10:00:00.000', '06.05.2024 10:00:00.050', '06.05.2024 10:00:00.100']],
    ['times of the day', ['10:00:00.000', '10:00:00.050', '10:00:00.100']],
    ['Unix times in s', ['1714989600.00', '1714989600.05', '1714989600.10']],
    ['Unix times in ms', ['1714989600000', '1714989600050', '1714989600100']],
    ['Unix times in ns', ['1714989600000000000', '1714989600050000000', '1714989600100000000']],
    ['numbers that must be ms', ['0', '50', '100']],
  ])('takes %s for times', async (_, times) => {
    const table = `t,img,steering_rad\n${times.map((time, i) => `${time},${'abc'[i]}.jpg,0.${i}\n`).join('')}`;
    const { columns, metadata } = await open(folder(table), 'picture=img,time=t,steering=steering_rad');
    expect([[...columns.time], metadata.timeSource]).toEqual([[0, 0.05, 0.1], 'recorded']);
  });

  it('finds pictures by paths of other machines, without ending, and by number', async () => {
    const table = 'img,rad\nC:\\Users\\me\\a.jpg,0\n/home/me/b,1\nc.JPG,2\n';
    expect((await open(folder(table), 'picture=img,steering=rad:rad', { rate: 10 })).length).toBe(3);
    const numbered = folder('frame,rad\n1,0.5\n2,0.25\n4,0\n', [
      'f/frame_0001.jpg',
      'f/frame_0002.jpg',
      'f/frame_0004.jpg',
      'f/frame_0005.jpg',
    ]);
    const recording = await open(numbered, 'picture=frame,steering=rad:rad', { rate: 10 });
    expect([...recording.columns.time]).toEqual([0, 0.1, 0.3].map((time) => expect.closeTo(time, 9)));
    expect(recording.segments.map(({ start }) => start)).toEqual([0, 2]);
    expect(recording.notes.join()).toContain('1 picture in the folder without a row in labels.csv');
  });

  it('is read without a header, by numbers of columns, and in every text file', async () => {
    const storage = folder('a.jpg\t0,5\t10\nb.jpg\t1,5\t10\n', ['a.jpg', 'b.jpg'], 'data.tsv');
    const { columns } = await open(storage, 'picture=1,steering=2:deg,speed=3:m/s', { rate: 20 });
    expect([...columns.steeringAngle!]).toEqual([0.5 * DEGREE, 1.5 * DEGREE]);
  });

  it.each([
    [
      'picture=file,steering=angle:deg',
      /mine\/labels\.csv: there is no column "angle"; did you mean .* There are id, when/,
    ],
    [
      'picture=file,time=when,steering=v',
      /labels\.csv: v: its unit is not known; its values go from 36 to 72; say it, as in steering=v:rad/,
    ],
    ['picture=file,steering=4:deg', /nothing tells when its rows were recorded; name a column of times/],
    ['picture=file,time=id,steering=4:deg', /labels\.csv: id: it counts 1, 2, 3 and on: an index, not a time/],
    ['picture=file,time=when', /a table needs a column with pictures or times, and one with the steering/],
    ['picture=note,time=when,steering=4:deg', /labels\.csv:2: note: the picture x is missing/],
    ['table=other.csv,picture=file,steering=4:deg', /there is no table other\.csv in it; there is labels\.csv/],
  ])('is refused with %s', async (columns, message) => {
    await expect(open(folder(TABLE), columns)).rejects.toThrow(message);
  });

  it('is refused where two tables have these columns, until one is named', async () => {
    const storage = folder(TABLE);
    await storage.write('test.csv', TABLE);
    await expect(open(storage, COLUMNS)).rejects.toThrow(
      /labels\.csv and test\.csv both have these columns; say which/,
    );
    expect((await open(storage, `${COLUMNS},table=test.csv`)).length).toBe(3);
  });

  it('leaves bad rows out, with a gap', async () => {
    const table = TABLE.replace('b.jpg,-2', 'b.jpg,?');
    await expect(open(folder(table), COLUMNS)).rejects.toThrow(
      /labels\.csv:3: wheel \(deg\): "\?" is no finite number/,
    );
    const { length, segments } = await open(folder(table), COLUMNS, { skipBad: true });
    expect([length, segments.length]).toEqual([2, 2]);
  });
});

describe('a folder of no known format', () => {
  it('is told how its table is to be read', async () => {
    const table = 'frame_path,timestamp,steering_angle_deg,speed\na.jpg,1,2,3\n';
    await expect(openAnyRecording(folder(table), codec)).rejects.toThrow(
      /read labels\.csv by its columns: wheelhouse import … --columns picture=frame_path,time=timestamp,steering=steering_angle_deg,speed=speed:<m\/s, km\/h or mph>, or say so in a file columns\.json/,
    );
    await expect(openAnyRecording(folder('x,y\n1,2\n'), codec)).rejects.toThrow(
      /--columns picture=<column>,steering=<column>:<rad/,
    );
  });

  it('is told what to convert it to', async () => {
    const pictures = new MemoryStorage('mine', { 'a.jpg': picture, 'b/c.jpg': picture });
    await expect(openAnyRecording(pictures, codec)).rejects.toThrow(
      /there are 2 pictures and no table: add labels\.csv/,
    );
    await expect(openAnyRecording(new MemoryStorage('mine', { 'a.bin': 'x' }), codec)).rejects.toThrow(
      /convert it to pictures and a CSV table/,
    );
  });
});
