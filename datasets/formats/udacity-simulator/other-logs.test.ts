import { describe, expect, it } from 'vitest';
import { codec, greyJpeg } from '../../../headless/machine/images/testing/grey-jpeg.ts';
import { MemoryStorage } from '../../storage/memory.ts';
import { openAnyRecording } from '../open.ts';

const picture = await greyJpeg(90, 32, 16);
const CAMERAS = ['center', 'left', 'right'] as const;
const stamp = (i: number) => `2023_05_06_10_00_00_${String(70 * i).padStart(3, '0')}.jpg`;
const STEERING = [0, 0.25, -0.5];
const FACTOR = -((25 * Math.PI) / 180) * 15.5;

/** A log of three samples, with whatever is to be different. */
function rows(row: (i: number, pictures: string[], steering: string) => string[], separator = ','): string {
  return STEERING.map((steering, i) => {
    const pictures = CAMERAS.map((camera) => `IMG/${camera}_${stamp(i)}`);
    return `${row(i, pictures, String(steering)).join(separator)}\n`;
  }).join('');
}

function drive(log: string | Uint8Array, name = 'driving_log.csv'): MemoryStorage {
  const files: Record<string, Uint8Array | string> = { [name]: log };
  for (let i = 0; i < 3; i++) for (const camera of CAMERAS) files[`IMG/${camera}_${stamp(i)}`] = picture;
  return new MemoryStorage('lake', files);
}

/** What must come out, whatever the log looks like. */
async function expectLake(log: string | Uint8Array, cameras: readonly string[] = ['centre', 'left', 'right']) {
  const recording = await openAnyRecording(drive(log), codec);
  expect([...recording.columns.steeringAngle!]).toEqual(STEERING.map((value) => value * FACTOR + 0));
  expect([...recording.columns.time]).toEqual([0, 0.07, 0.14]);
  expect(recording.segments).toHaveLength(1);
  expect(Object.keys(recording.cameras)).toEqual(cameras);
  return recording;
}

const HEADER = 'center,left,right,steering,throttle,brake,speed';
const usual = (_: number, pictures: string[], steering: string) => [...pictures, steering, '0.5', '0', '20.5'];
const utf16 = (text: string) => Uint8Array.from([0xff, 0xfe, ...[...text].flatMap((c) => [c.charCodeAt(0), 0])]);

describe('driving logs of other programs', () => {
  it.each([
    [
      'another order',
      'center,left,right,throttle,steering,brake,speed',
      (_: number, p: string[], s: string) => [...p, '0.5', s, '0', '20.5'],
    ],
    [
      'another order of cameras',
      'speed,right,left,center,steering',
      (_: number, p: string[], s: string) => ['20.5', p[2]!, p[1]!, p[0]!, s],
    ],
    ['another spelling', 'Center Image, Left Image, Right Image, Steering Angle, Throttle, Break, Speed', usual],
    ['capitals', HEADER.toUpperCase(), usual],
    ['an unnamed index', `,${HEADER}`, (i: number, p: string[], s: string) => [String(i), ...usual(i, p, s)]],
    [
      'an index that the header leaves out',
      HEADER,
      (i: number, p: string[], s: string) => [String(i), ...usual(i, p, s)],
    ],
    [
      'one more column',
      `${HEADER},high_level_control`,
      (i: number, p: string[], s: string) => [...usual(i, p, s), '2'],
    ],
    [
      'columns in the middle',
      'center,left,right,curvature,steering,throttle,brake,speed',
      (_: number, p: string[], s: string) => [...p, '0.001', s, '0.5', '0', '20.5'],
    ],
    ['columns that are counted', '0,1,2,3,4,5,6', usual],
    ['a separator at the end', HEADER, (i: number, p: string[], s: string) => [...usual(i, p, s), '']],
    ['nothing behind the steering', 'center,left,right,steering', (_: number, p: string[], s: string) => [...p, s]],
  ])('are read with a header of %s', async (_, header, row) => {
    const { columns } = await expectLake(`${header}\n${rows(row)}`);
    if (/speed|0,1/i.test(header)) expect(columns.speed![1]).toBeCloseTo(20.5 * 0.44704, 12);
    else expect(columns.speed).toBeUndefined();
  });

  it.each([
    ['quoted', `"${HEADER.replaceAll(',', '","')}"\n${rows((i, p, s) => usual(i, p, s).map((field) => `"${field}"`))}`],
    ['with tabs', `${HEADER.replaceAll(',', '\t')}\n${rows(usual, '\t')}`],
    [
      'with semicolons and decimal commas',
      `${HEADER.replaceAll(',', ';')}\n${rows((i, p, s) => usual(i, p, s).map((f) => (f.includes('IMG') ? f : f.replace('.', ','))), ';')}`,
    ],
    ['with a byte order mark', `\uFEFF${HEADER}\n${rows(usual)}`],
    ['in UTF-16', utf16(`${HEADER}\r\n${rows(usual)}`)],
    ['below a title', `# recorded by me\n${HEADER}\n${rows(usual)}`],
    [
      'as R writes them',
      `"${HEADER.replaceAll(',', '" "')}"\n${rows((i, p, s) => [`"${i + 1}"`, ...usual(i, p, s)], ' ')}`,
    ],
    ['with pictures that have another ending', `${HEADER}\n${rows(usual).replaceAll('.jpg', '.png')}`],
    ['with empty lines', `${HEADER}\n\n${rows(usual).replaceAll('\n', '\n\n')}`],
    ['with line ends of Windows written twice', `${HEADER}\r\r\n${rows(usual).replaceAll('\n', '\r\r\n')}`],
    ['with an index and no header', rows((i, p, s) => [String(i), ...usual(i, p, s)])],
    ['with one more column and no header', rows((i, p, s) => [...usual(i, p, s), '2'])],
    [
      'with commas in their paths and a header',
      `${HEADER}\n${rows((i, p, s) =>
        usual(
          i,
          p.map((path) => `C:\\me, you\\${path.replace('/', '\\')}`),
          s,
        ),
      )}`,
    ],
    [
      'with commas in their paths',
      rows((i, p, s) =>
        usual(
          i,
          p.map((path) => `C:\\me, you\\${path.replace('/', '\\')}`),
          s,
        ),
      ),
    ],
    ['with the cameras in another order and no header', rows((i, p, s) => usual(i, [p[1]!, p[0]!, p[2]!], s))],
  ])('are read %s', async (_, log) => {
    await expectLake(log);
  });

  it('are read with fewer columns by position, and say so', async () => {
    const { notes, columns } = await expectLake(rows((_, p, s) => [...p, s]));
    expect(notes.join()).toMatch(/4 columns instead of 7 and no header: .* steering/);
    expect([columns.speed, columns.throttle]).toEqual([undefined, undefined]);
    await expectLake(
      rows((_, p, s) => [p[0]!, s]),
      ['centre'],
    );
  });

  it('keep every column at its place where half the rows of one hold words', async () => {
    const log = rows((i, p, s) => [...p, i === 0 ? s : 'much', '0.5', '0', '0.75']);
    await expect(openAnyRecording(drive(log), codec)).rejects.toThrow(
      /driving_log\.csv:2: steering: "much" is no finite/,
    );
  });

  it('are read with units that their header names', async () => {
    const header = 'center,left,right,steering_deg,throttle,brake,speed_kmh';
    const recording = await openAnyRecording(
      drive(`${header}\n${rows((_, p, s) => [...p, String(25 * Number(s)), '0', '0', '36'])}`),
      codec,
    );
    expect(recording.columns.steeringAngle![1]).toBeCloseTo(0.25 * FACTOR, 12);
    expect(recording.columns.speed![0]).toBeCloseTo(10, 12);
  });

  it.each([
    [
      'a header without steering',
      `center,left,right,a,b,c,d\n${rows(usual)}`,
      /driving_log\.csv:1: the header names no column for the steering; it has center, left, right, a/,
    ],
    [
      'a header that calls one camera by another',
      `left,center,right,steering,throttle,brake,speed\n${rows(usual)}`,
      /the header says center, and its pictures are called left/,
    ],
    [
      'a header with fewer columns than the lines',
      `${HEADER}\n${rows((i, p, s) => [...usual(i, p, s), '2.5'])}`,
      /the header has 7 columns and the lines 8/,
    ],
    [
      'two columns for the steering',
      `center,left,right,steering_cmd,angle\n${rows((_, p, s) => [...p, s, s])}`,
      /steering_cmd and angle may both be the steering/,
    ],
    [
      'degrees without a word',
      rows((_, p, s) => [...p, String(50 * Number(s)), '0', '0', '1']),
      /steering: it goes up to 25, and the simulator writes −1 to 1; say its unit/,
    ],
    [
      'decimal commas throughout',
      rows((_, p, s) => [...p, s.replace('.', ','), '0,5', '0', '20,5']),
      /driving_log\.csv:1: 9 fields instead of 7, as a simulator with decimal commas writes; record again under an English locale/,
    ],
    [
      'a speed where the brake would be by position',
      rows((_, p, s) => [p[0]!, s, '0.5', '20.5']),
      /by position the brake goes up to 20\.5, and the simulator writes 0 to 1: .*; put a header line before the first/,
    ],
    [
      'pictures of both sides and none of the middle',
      rows((_, p, s) => [p[1]!, p[2]!, s, '0.5', '0', '20.5']),
      /its pictures are called left and right, and none is of the centre camera; .*--columns picture=/,
    ],
    [
      'another unit of the speed in a later part',
      `${HEADER}\n${rows(usual)}${HEADER}_kmh\n${rows(usual)}`,
      /driving_log\.csv:5: it says speed_kmh, and the first header speed; put each part in a folder of its own/,
    ],
    [
      'a thousand or a decimal in a table that writes both',
      rows((i, p, s) => [...p, s, i === 1 ? '0,5' : '0.5', '0', '20,500'], ';'),
      /speed: "20,500" is no finite number: it may be a thousand/,
    ],
    ['no pictures', '1,2,3,4\n5,6,7,8\n', /no column of it names pictures, and it has no header/],
  ])('are refused with %s', async (_, log, message) => {
    await expect(openAnyRecording(drive(log), codec)).rejects.toThrow(message);
  });

  it('are read where several were put together, each by its own header', async () => {
    const second = 'center,steering,speed\n';
    const log = `${HEADER}\n${rows(usual).split('\n').slice(0, 2).join('\n')}\n${second}IMG/center_${stamp(2)},-0.5,20.5\n`;
    const recording = await openAnyRecording(drive(log), codec);
    expect([...recording.columns.steeringAngle!]).toEqual(STEERING.map((value) => value * FACTOR + 0));
    expect(recording.segments).toEqual([
      { start: 0, end: 2 },
      { start: 2, end: 3 },
    ]);
    expect(recording.notes.join()).toContain('1 more header stands in the middle');
  });

  it('are read with points and commas for decimals in one log, and say so', async () => {
    const log = rows((i, p, s) => usual(i, p, i === 1 ? s.replace('.', ',') : s), ';');
    const { notes } = await expectLake(log);
    expect(notes).toContain('decimals are marked by points and by commas: both are read');
  });

  it('leave out rows that stand there twice, and refuse those with other labels', async () => {
    const { notes } = await expectLake(`${HEADER}\n${rows(usual)}${HEADER}\n${rows(usual)}`);
    expect(notes.join()).toContain('3 rows repeat one before');
    const mirrored = `${rows(usual)}${rows((i, p, s) => usual(i, p, String(-Number(s))))}`;
    await expect(openAnyRecording(drive(mirrored), codec)).rejects.toThrow(
      /driving_log\.csv:5: center: line 2 gives the same picture .* other labels/,
    );
  });

  it('are put in the order of their times where they were shuffled', async () => {
    const [a, b, c] = rows(usual).trim().split('\n');
    const { notes } = await expectLake(`${HEADER}\n${c}\n${a}\n${b}\n`);
    expect(notes.join()).toContain('not in the order of their times');
  });

  it('say which camera the only pictures are of', async () => {
    const { notes } = await expectLake(
      rows((_, p, s) => [p[1]!, s]),
      ['centre'],
    );
    expect(notes.join()).toContain('called left, and taken as those of the centre camera');
  });

  it('tell of pictures without a row', async () => {
    const storage = drive(rows(usual));
    for (let i = 10; i < 14; i++) await storage.write(`IMG/center_${i}.jpg`, picture);
    const { notes } = await openAnyRecording(storage, codec);
    expect(notes).toContain('4 pictures in the folder without a row in driving_log.csv: left out');
  });

  it.each([
    ['Unix times', (i: number) => `center_${(1683367200 + 0.07 * i).toFixed(3)}.jpg`, 'recorded'],
    ['Unix times in ns', (i: number) => `${1683367200_000_000_000n + 70_000_000n * BigInt(i)}.png`, 'recorded'],
    ['ISO times', (i: number) => `center-2023-05-06T10-00-00.${String(70 * i).padStart(3, '0')}.jpg`, 'recorded'],
    ['dotted times', (i: number) => `center_2023.05.06_10.00.00.${String(70 * i).padStart(3, '0')}.jpg`, 'recorded'],
    ['numbers', (i: number) => `center_${String(i).padStart(5, '0')}.jpg`, 'assumed-rate'],
  ])('take times from names with %s', async (_, name, source) => {
    const files: Record<string, Uint8Array | string> = {
      'driving_log.csv': STEERING.map((steering, i) => `IMG/${name(i)},${steering}\n`).join(''),
    };
    for (let i = 0; i < 3; i++) files[`IMG/${name(i)}`] = picture;
    const { columns, metadata } = await openAnyRecording(new MemoryStorage('lake', files), codec);
    expect(metadata.timeSource).toBe(source);
    expect([...columns.time]).toEqual(source === 'recorded' ? [0, 0.07, 0.14] : [0, 1 / 14, 2 / 14]);
  });

  it('take order and gaps from the numbers of pictures', async () => {
    const files: Record<string, Uint8Array | string> = { 'driving_log.csv': '' };
    for (const i of [3, 0, 1, 2, 9, 10]) {
      files['driving_log.csv'] += `IMG/center_${i}.jpg,${i / 10}\n`;
      files[`IMG/center_${i}.jpg`] = picture;
    }
    const recording = await openAnyRecording(new MemoryStorage('lake', files), codec, { rate: 10 });
    expect([...recording.columns['source.steering']!]).toEqual([0, 0.1, 0.2, 0.3, 0.9, 1]);
    expect([...recording.columns.time]).toEqual([0, 0.1, 0.2, 0.3, 0.9, 1]);
    expect(recording.segments.map(({ start }) => start)).toEqual([0, 4]);
    expect(recording.notes.join()).toMatch(/5 numbers of pictures are missing in 1 place, the first 4/);
  });

  it('take times from a column where names hold none', async () => {
    const files: Record<string, Uint8Array | string> = { 'driving_log.csv': 'timestamp,center,steering\n' };
    for (let i = 0; i < 3; i++) {
      files['driving_log.csv'] += `2023-05-06 10:00:00.${i}00,${i}.jpg,0.${i}\n`;
      files[`IMG/${i}.jpg`] = picture;
    }
    const { columns, metadata } = await openAnyRecording(new MemoryStorage('lake', files), codec);
    expect([[...columns.time], metadata.timeSource]).toEqual([[0, 0.1, 0.2], 'recorded']);
  });

  it.each([
    ['time', [0, 0.1, 0.2], 'recorded'],
    ['t_ms', [0, 100, 200], 'recorded'],
    ['time', [5, 6, 7], 'assumed-rate'],
  ])('take numbers in a column %s of %j for times, but not those that count rows', async (header, times, source) => {
    const files: Record<string, Uint8Array | string> = { 'driving_log.csv': `${header},center,steering\n` };
    for (const [i, time] of times.entries()) {
      files['driving_log.csv'] += `${time},${i}.jpg,0.${i}\n`;
      files[`IMG/${i}.jpg`] = picture;
    }
    const { columns, metadata } = await openAnyRecording(new MemoryStorage('lake', files), codec, { rate: 10 });
    expect([[...columns.time], metadata.timeSource]).toEqual([[0, 0.1, 0.2], source]);
  });

  it('are found by nearly their name, and pictures wherever they lie in the folder', async () => {
    const files: Record<string, Uint8Array | string> = { 'Driving_Log (1).csv': rows(usual) };
    for (let i = 0; i < 3; i++)
      for (const camera of CAMERAS) files[`data/img/${camera}_${stamp(i)}`.toUpperCase()] = picture;
    const recording = await openAnyRecording(new MemoryStorage('lake', files), codec);
    expect([recording.length, Object.keys(recording.cameras).length]).toEqual([3, 3]);
    const two = new MemoryStorage('lake', { 'driving_log.csv': '0.jpg,0.5\n', 'a/0.jpg': picture, 'b/0.jpg': picture });
    await expect(openAnyRecording(two, codec)).rejects.toThrow(
      /a\/0\.jpg and b\/0\.jpg may both be the picture 0\.jpg/,
    );
  });
});
