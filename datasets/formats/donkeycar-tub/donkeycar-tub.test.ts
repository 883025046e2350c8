import { describe, expect, it } from 'vitest';
import { codec, greyJpeg } from '../../../headless/machine/images/testing/grey-jpeg.ts';
import { MemoryStorage } from '../../storage/memory.ts';
import { openAnyRecording } from '../open.ts';

const picture = await greyJpeg(90);
const FACTOR = -((16 * Math.PI) / 180) * 15.5;

interface Options {
  deleted?: number[];
  records?: object[];
  paths?: string[];
}

function tub({
  deleted = [],
  records = [0, 1, 2, 3].map((i) => record(i)),
  paths = ['catalog_0.catalog'],
}: Options): MemoryStorage {
  const manifest = [
    ['cam/image_array', 'user/angle', 'user/throttle', 'user/mode', 'enc/speed'],
    ['image_array', 'float', 'float', 'str', 'float'],
    { owner: 'me' },
    { created_at: 1.5, sessions: { all_full_ids: ['26-11-20_0'], last_id: 0, last_full_id: '26-11-20_0' } },
    { paths, current_index: 4, max_len: 1000, deleted_indexes: deleted },
  ];
  const files: Record<string, Uint8Array | string> = {
    'manifest.json': `${manifest.map((line) => JSON.stringify(line)).join('\n')}\n`,
    'catalog_0.catalog': `${records.map((line) => JSON.stringify(line)).join('\n')}\n`,
  };
  for (let i = 0; i < 6; i++) files[`images/${i}_cam_image_array_.jpg`] = picture;
  return new MemoryStorage('tub', files);
}

function record(i: number, more: object = {}): object {
  return {
    _index: i,
    _session_id: '26-11-20_0',
    _timestamp_ms: 1795168800000 + 50 * i,
    'cam/image_array': `${i}_cam_image_array_.jpg`,
    'user/angle': i / 4,
    'user/mode': 'user',
    'user/throttle': 0.3,
    'enc/speed': 1.5,
    ...more,
  };
}

describe('DonkeyCar tub v2', () => {
  it('turns angles round, keeps what was stored, and has no speed', async () => {
    const recording = await openAnyRecording(tub({}), codec);
    expect(recording.metadata).toMatchObject({
      format: 'donkeycar-tub',
      timeSource: 'recorded',
      source: { user: { owner: 'me' } },
    });
    expect(recording.metadata.rate).toBeCloseTo(20, 6);
    expect([...recording.columns.time]).toEqual([0, 0.05, 0.1, 0.15]);
    for (const [i, angle] of recording.columns.steeringAngle!.entries())
      expect(angle).toBeCloseTo((i * FACTOR) / 4, 12);
    expect([...recording.columns['source.user/angle']!]).toEqual([0, 0.25, 0.5, 0.75]);
    expect(recording.columns['source.enc/speed']![3]).toBe(1.5);
    expect(recording.columns.throttle![3]).toBe(0.3);
    expect(recording.columns.speed).toBeUndefined();
    expect((await recording.frame(2, 'centre')).time).toBe(0.1);
  });

  it('leaves deleted and empty records out, and starts a new segment there', async () => {
    const deleted = await openAnyRecording(tub({ deleted: [1] }), codec);
    expect([deleted.length, deleted.segments.length]).toEqual([3, 2]);
    const records = [record(0), { _index: 1, _timestamp_ms: 0, __empty__: true }, record(2)];
    const empty = await openAnyRecording(tub({ records }), codec);
    expect([empty.length, empty.segments.length]).toEqual([2, 2]);
  });

  it('takes the usual rate when the stamps are those of a conversion, or the rate given', async () => {
    const records = [0, 1, 2, 3].map((i) => record(i, { _timestamp_ms: 1000 + 3 * i }));
    const recording = await openAnyRecording(tub({ records }), codec);
    expect([recording.metadata.timeSource, recording.metadata.rate, recording.columns.time[3]]).toEqual([
      'assumed-rate',
      20,
      0.15,
    ]);
    expect((await openAnyRecording(tub({}), codec, { rate: 10 })).columns.time[3]).toBe(0.3);
  });

  it.each([
    ['a missing angle', { 'user/angle': undefined }, /catalog_0\.catalog:2: user\/angle: .*missing/],
    ['an angle that is text', { 'user/angle': '0.5' }, /catalog_0\.catalog:2: user\/angle/],
    [
      'a missing picture',
      { 'cam/image_array': '77_cam_image_array_.jpg' },
      /catalog_0\.catalog:2: cam\/image_array: .*77_cam/,
    ],
    ['a picture outside', { 'cam/image_array': '../../etc/passwd' }, /catalog_0\.catalog:2: cam\/image_array/],
    ['a negative index', { _index: -1 }, /catalog_0\.catalog:2: _index/],
  ])('refuses %s, or skips it', async (_, more, message) => {
    const files = tub({ records: [record(0), record(1, more), record(2)] });
    await expect(openAnyRecording(files, codec)).rejects.toThrow(message);
    const recording = await openAnyRecording(files, codec, { skipBad: true });
    expect([recording.length, recording.segments.length]).toEqual([2, 2]);
    expect(recording.skipped[0]).toMatch(message);
  });

  it.each(['/home/pi/mycar/data/catalog_0.catalog', 'C:\\mycar\\data\\catalog_0.catalog'])(
    'finds the catalog beside a manifest that calls it %s',
    async (path) => {
      const recording = await openAnyRecording(tub({ paths: [path] }), codec);
      expect(recording.length).toBe(4);
      expect(recording.notes.join()).not.toContain('catalog');
    },
  );

  it('refuses a catalog outside the tub, NaN, and a manifest that contradicts itself', async () => {
    await expect(openAnyRecording(tub({ paths: ['../catalog_0.catalog'] }), codec)).rejects.toMatchObject({
      code: 'bad-path',
    });
    const files = tub({});
    await files.write('catalog_0.catalog', JSON.stringify(record(0)).replace('"user/angle":0', '"user/angle": NaN'));
    await expect(openAnyRecording(files, codec)).rejects.toThrow(/catalog_0\.catalog:1: user\/angle: .*finite/);
    await files.write('manifest.json', '["cam/image_array"]\n["image_array", "float"]\n');
    await expect(openAnyRecording(files, codec)).rejects.toThrow(/manifest\.json:2/);
  });

  it('reads all catalogs where the manifest is missing, and says so', async () => {
    const files = tub({ deleted: [1] });
    await files.write('catalog_10.catalog', JSON.stringify(record(5)));
    await files.write('catalog_2.catalog', JSON.stringify(record(4)));
    await files.remove('manifest.json');
    const recording = await openAnyRecording(files, codec);
    expect(recording.metadata.format).toBe('donkeycar-tub');
    expect([...recording.columns['source.user/angle']!]).toEqual([0, 0.25, 0.5, 0.75, 1, 1.25]);
    expect(Object.keys(recording.cameras)).toEqual(['centre']);
    expect(recording.notes.slice(0, 2)).toEqual([
      'manifest.json is missing',
      'all catalogs of the folder are read (3); which records were marked as deleted is not known',
    ]);
  });

  it.each([
    [
      'a rest of a longer line before it',
      (text: string) => `${text.trimEnd()}"deleted_indexes": [1, 2, 3]}`,
      3,
      /:5 goes on/,
    ],
    ['a rest with brackets in texts', (text: string) => `${text.trimEnd()}{"a": "]}"}`, 3, /:5 goes on/],
    ['the end cut off', (text: string) => text.slice(0, text.indexOf('current_index')), 4, /:5 is torn/],
    ['only the first lines', (text: string) => text.split('\n').slice(0, 2).join('\n'), 4, /:3 is missing/],
    ['nothing in it', () => '', 4, /:1 is missing/],
    ['zeros in it', () => '\0'.repeat(100), 4, /:1 is torn/],
  ])('reads a tub whose manifest has %s', async (_, tear, length, note) => {
    const files = tub({ deleted: [1] });
    const whole = new TextDecoder().decode(await files.read('manifest.json'));
    await files.write('manifest.json', tear(whole));
    const recording = await openAnyRecording(files, codec);
    expect(recording.length).toBe(length);
    expect(recording.notes.join('\n')).toMatch(note);
  });

  it('counts what is left out without being bad', async () => {
    const files = tub({ deleted: [1, 3, 77] });
    await files.write('catalog_1.catalog', `${JSON.stringify(record(4))}\n`);
    const { length, notes, skipped } = await openAnyRecording(files, codec);
    expect([length, skipped]).toEqual([2, []]);
    expect(notes).toEqual([
      'records marked as deleted, left out: 2',
      'marks of deleted records that point at none: 1',
      'catalogs that manifest.json does not list, left out: 1 (catalog_1.catalog); all are read where there is no manifest.json',
      'pictures without a record, left out: 1 (the first: images/5_cam_image_array_.jpg)',
    ]);
  });

  it('leaves out a last line that is cut off, with a note, and the zeros behind it', async () => {
    const files = tub({ records: [record(0), record(1)] });
    const text = new TextDecoder().decode(await files.read('catalog_0.catalog'));
    await files.write('catalog_0.catalog', `${text.slice(0, -20)}${'\0'.repeat(20)}`);
    const recording = await openAnyRecording(files, codec);
    expect([recording.length, recording.notes[0]]).toEqual([
      1,
      'the last line of catalog_0.catalog is cut off, as when a car is switched off, and left out',
    ]);
  });

  it('refuses a listed catalog that is missing, or leaves it out and still finds deleted records by position', async () => {
    const files = tub({ paths: ['catalog_0.catalog', 'catalog_1.catalog', 'catalog_2.catalog'], deleted: [0, 5] });
    await files.write('catalog_1.catalog_manifest', JSON.stringify({ line_lengths: [100] }));
    await files.write('catalog_2.catalog', [5, 6].map((i) => JSON.stringify(record(i - 1))).join('\n'));
    await expect(openAnyRecording(files, codec)).rejects.toThrow(/catalog_1\.catalog: .*missing; .*--skip-bad/);
    const recording = await openAnyRecording(files, codec, { skipBad: true });
    expect([...recording.columns['source.user/angle']!]).toEqual([0.25, 0.5, 0.75, 1.25]);
    expect(recording.skipped[0]).toMatch(/catalog_1/);
  });

  it.each(['user/steering', 'steering', 'angle', 'steering_angle'])('takes %s for the steering', async (field) => {
    const records = [0, 1, 2].map((i) => record(i, { 'user/angle': undefined, [field]: i / 4 }));
    const { columns, metadata } = await openAnyRecording(tub({ records }), codec);
    expect(columns.steeringAngle![2]).toBeCloseTo(FACTOR / 2, 12);
    expect(metadata.conversions[0]!.field).toBe(field);
  });

  it('takes the one field with pictures for the camera, whatever it is called', async () => {
    const records = [0, 1].map((i) =>
      record(i, { 'cam/image_array': undefined, 'front/picture': `${i}_cam_image_array_.jpg` }),
    );
    expect(Object.keys((await openAnyRecording(tub({ records }), codec)).cameras)).toEqual(['centre']);
  });

  it.each([
    ['steers', { 'user/angle': undefined, wheel: 0.5 }, /no field is known to steer; .*enc\/speed.*wheel/],
    ['names pictures', { 'cam/image_array': undefined }, /no field names pictures; .*user\/angle/],
  ])(
    'names the fields that there are once where none %s, also when bad samples are skipped',
    async (_, more, message) => {
      const records = [0, 1, 2].map((i) => record(i, more));
      for (const skipBad of [false, true]) {
        await expect(openAnyRecording(tub({ records }), codec, { skipBad })).rejects.toThrow(message);
      }
    },
  );

  it('says when angles cannot be shares of full steering', async () => {
    const records = [0, 1, 2].map((i) => record(i, { 'user/angle': 20 * i }));
    const { notes } = await openAnyRecording(tub({ records }), codec);
    expect(notes.join()).toMatch(/2 of 3 values of user\/angle are beyond ±1/);
  });
});

describe('DonkeyCar tub v1', () => {
  function old(): MemoryStorage {
    const meta = {
      inputs: ['cam/image_array', 'user/angle', 'user/throttle'],
      types: ['image_array', 'float', 'float'],
      start: 1,
    };
    const files: Record<string, Uint8Array | string> = { 'meta.json': JSON.stringify(meta), 'exclude.json': '[2]' };
    for (const i of [1, 2, 3, 10, 11]) {
      files[`${i}_cam-image_array_.jpg`] = picture;
      files[`record_${i}.json`] = JSON.stringify({
        'cam/image_array': `${i}_cam-image_array_.jpg`,
        'user/angle': -i / 20,
        'user/throttle': 0.2,
        milliseconds: 50 * i,
      });
    }
    return new MemoryStorage('tub_1_19-05-06', files);
  }

  it('reads records in numeric order, without the excluded ones', async () => {
    const recording = await openAnyRecording(old(), codec);
    expect(recording.metadata.format).toBe('donkeycar-tub-v1');
    expect([...recording.columns['source.user/angle']!]).toEqual([-0.05, -0.15, -0.5, -0.55]);
    expect(recording.columns.steeringAngle![3]).toBeCloseTo(-0.55 * FACTOR, 12);
    expect([...recording.columns.time]).toEqual([0, 0.1, 0.45, 0.5]);
    expect(recording.segments).toHaveLength(3);
    expect((await recording.frame(0, 'centre')).width).toBe(32);
  });

  it('reads records without meta.json, by another name of the steering, and counts what it leaves out', async () => {
    const files = old();
    await files.remove('meta.json');
    for (const i of [1, 2, 3, 10, 11]) {
      const text = new TextDecoder().decode(await files.read(`record_${i}.json`));
      await files.write(`record_${i}.json`, text.replace('user/angle', 'user/steering'));
    }
    await files.write('99_cam-image_array_.jpg', picture);
    const recording = await openAnyRecording(files, codec);
    expect([...recording.columns['source.user/steering']!]).toEqual([-0.05, -0.15, -0.5, -0.55]);
    expect(Object.keys(recording.cameras)).toEqual(['centre']);
    expect(recording.notes).toEqual([
      'meta.json is missing; the records are read without it',
      'records listed in exclude.json, left out: 1',
      'pictures without a record, left out: 1 (the first: 99_cam-image_array_.jpg)',
    ]);
  });

  it('takes times from dates, as earlier cars wrote them', async () => {
    const files = old();
    for (const i of [1, 2, 3, 10, 11]) {
      const text = new TextDecoder().decode(await files.read(`record_${i}.json`));
      const date = `"timestamp":"2018-05-06 10:00:00.${String(50_000 * i).padStart(6, '0')}"`;
      await files.write(`record_${i}.json`, text.replace(/"milliseconds":\d+/, date));
    }
    const { columns, metadata } = await openAnyRecording(files, codec);
    expect([...columns.time].map((time) => Math.round(time * 1e4) / 1e4)).toEqual([0, 0.1, 0.45, 0.5]);
    expect(metadata.timeSource).toBe('recorded');
  });

  it('names the record that is bad', async () => {
    const files = old();
    await files.write('record_3.json', '{"user/angle": 0.1');
    await expect(openAnyRecording(files, codec)).rejects.toThrow(/record_3\.json: .*JSON/);
  });
});
