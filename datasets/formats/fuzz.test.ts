import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { dump } from 'npyjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codec, greyJpeg } from '../../headless/images/test-pictures.ts';
import { openInThread } from '../../headless/reading/open-in-thread.ts';
import { ReadingThread } from '../../headless/reading/thread.ts';
import { DiskStorage } from '../../headless/storage/disk.ts';
import { registerWebCodecs } from '../../headless/video/webcodecs.ts';
import { Refusal } from '../../sim/refusal.ts';
import type { Recording } from '../recording/recording.ts';
import { MemoryStorage } from '../storage/memory.ts';
import type { FileStorage } from '../storage/storage.ts';
import { exporters } from '../transfer/exporters.ts';
import { startVideo } from '../video/encode.ts';
import { writeClip } from './comma-research/testing/write-clip.ts';
import type { RecordingFormat } from './format.ts';
import { formats } from './open.ts';
import { writeDriveBag } from './ros-bag/testing/write-bag.ts';
import { openRecording } from './wheelhouse/reader.ts';
import { createRecordingWriter } from './wheelhouse/writer.ts';

/** Mutated recordings per format; `npm run fuzz` sets more. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 40);
const SEED = Number(process.env.FUZZ_SEED ?? 20_261_121);
/** Nothing may hang longer than this [ms]. */
const LONGEST = 2000;

const video = await registerWebCodecs();
/** Formats that cannot be made here without a video encoder. */
const WITH_VIDEO = ['lerobot', 'deeptesla'];
const fuzzed = formats.filter(({ name }) => video || !WITH_VIDEO.includes(name));

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** A place in a file, as a share of its length; integers spread evenly where doubles crowd at zero. */
const place = fc.integer({ min: 0, max: 999_999 }).map((number) => number / 1_000_000);

/** What a careless or hostile hand does to a file. */
const mutation = fc.oneof(
  fc.record({ kind: fc.constant('flip' as const), at: place, to: fc.nat(255) }),
  fc.record({ kind: fc.constant('cut' as const), at: place }),
  fc.record({
    kind: fc.constant('insert' as const),
    at: place,
    bytes: fc.uint8Array({ minLength: 1, maxLength: 40 }),
  }),
  fc.record({
    kind: fc.constant('token' as const),
    at: place,
    text: fc.constantFrom(
      'NaN',
      '1e999',
      '-1',
      '""',
      'null',
      '9007199254740993',
      '99999999999999999999',
      '../../../../etc/hostname',
      '/etc/hostname',
      'C:\\x',
      '[]',
      '{}',
      '__proto__',
      '\u0000',
    ),
  }),
  fc.record({ kind: fc.constant('double' as const), at: place }),
  fc.record({ kind: fc.constant('remove' as const) }),
);
type Mutation = typeof mutation extends fc.Arbitrary<infer T> ? T : never;

function mutate(content: Uint8Array, change: Mutation): Uint8Array | undefined {
  const at = 'at' in change ? Math.min(content.length, Math.floor(change.at * content.length)) : 0;
  const splice = (middle: Uint8Array, skip: number) =>
    Uint8Array.from([...content.subarray(0, at), ...middle, ...content.subarray(at + skip)]);
  switch (change.kind) {
    case 'flip': {
      const copy = content.slice();
      if (copy.length > 0) copy[Math.min(at, copy.length - 1)] = change.to;
      return copy;
    }
    case 'cut':
      return content.slice(0, at);
    case 'insert':
      return splice(change.bytes, 0);
    case 'token': {
      // Takes the place of the number, word or text at that place.
      const text = String.fromCharCode(...content.subarray(at, at + 40));
      return splice(bytesOf(change.text), /^[\w.+-]*/.exec(text)![0].length);
    }
    case 'double':
      return splice(content.slice(at, at + 200), 0);
    case 'remove':
      return undefined;
  }
}

async function allFiles(storage: FileStorage, folder = ''): Promise<string[]> {
  const paths: string[] = [];
  for (const { name, kind } of await storage.list(folder)) {
    const path = folder === '' ? name : `${folder}/${name}`;
    if (kind === 'file') paths.push(path);
    else paths.push(...(await allFiles(storage, path)));
  }
  return paths;
}

/** A sound small recording of every format. */
async function samples(): Promise<Record<string, MemoryStorage>> {
  const picture = await greyJpeg(90);
  const size = { width: 32, height: 16 };
  const own = new MemoryStorage('own');
  const cameras = { centre: size };
  const about = {
    format: 'wheelhouse',
    name: 'own',
    rate: 20,
    timeSource: 'recorded' as const,
    cameras,
    conversions: [],
  };
  const writer = await createRecordingWriter(own, about, codec);
  for (let i = 0; i < 6; i++) {
    const frame = { ...size, time: i / 20, pixels: new Uint8Array(32 * 16 * 3).fill(20 * i) };
    const values = { steeringAngle: i / 10, speed: 5, torque: 1 };
    await writer.append({ time: i / 20, values, frames: { centre: frame }, gap: i === 3 });
  }
  await writer.close();
  const made: Record<string, MemoryStorage> = { wheelhouse: own };
  const source = await openRecording(own, codec);
  for (const exporter of exporters) {
    if (!video && WITH_VIDEO.includes(exporter.name)) continue;
    made[exporter.name] = new MemoryStorage(exporter.name);
    await exporter.export(source, made[exporter.name]!, codec, {});
  }
  const meta = JSON.stringify({ inputs: ['cam/image_array', 'user/angle'], types: ['image_array', 'float'] });
  const v1: Record<string, Uint8Array | string> = { 'meta.json': meta };
  const dash: Record<string, Uint8Array | string> = {
    'data.txt': '0.jpg 1.5\n1.jpg -2\n2.jpg 0,2018-07-01 17:09:44:912\n',
  };
  const challenge: string[] = ['index,timestamp,width,height,frame_id,filename,angle,torque,speed,lat,long,alt'];
  const centre: Record<string, Uint8Array> = {};
  for (let i = 0; i < 3; i++) {
    v1[`record_${i}.json`] = JSON.stringify({ 'cam/image_array': `${i}.jpg`, 'user/angle': 0.1, milliseconds: 50 * i });
    v1[`${i}.jpg`] = picture;
    dash[`${i}.jpg`] = picture;
    const stamp = `14794242150${i}0000000`;
    challenge.push(`x,${stamp},640,480,center_camera,center/${stamp}.jpg,0.1,0.2,15,37,-122,9`);
    centre[`center/${stamp}.jpg`] = picture;
  }
  made['donkeycar-tub-v1'] = new MemoryStorage('v1', v1);
  made.sullychen = new MemoryStorage('dash', dash);
  made['udacity-challenge2'] = new MemoryStorage('ch2', { 'interpolated.csv': challenge.join('\n'), ...centre });
  made['udacity-challenge2-test'] = new MemoryStorage('test', {
    'CH2_final_evaluation.csv':
      'frame_id,steering_angle,public\n1479424215000000000,0.5,1\n1479424215050000000,-0.5,0\n',
    'center/1479424215000000000.jpg': picture,
    'center/1479424215050000000.jpg': picture,
  });
  made['ros-bag'] = new MemoryStorage('bags', { 'HMB_1.bag': writeDriveBag(picture, 6) });
  made['telemetry-csv'] = new MemoryStorage('telemetry', {
    't.csv': 't_s,steering_wheel_deg,speed_mps\n0,1,2\n0.1,2,3\n0.2,3,4\n',
  });
  const front = video ? await startVideo(32, 16, { rate: 30, container: 'mkv' }) : undefined;
  for (let i = 0; i < 4; i++) await front?.add({ ...size, time: 0, pixels: new Uint8Array(32 * 16 * 3).fill(50 * i) });
  if (front !== undefined)
    made.deeptesla = new MemoryStorage('epochs', {
      'epoch01_steering.csv': 'ts_micro,frame,wheel\n0,0,1\n33333,1,2\n66666,2,3\n',
      'epoch01_front.mkv': await front.finish(),
    });
  const npy = (values: number[]) => new Uint8Array(dump(Float64Array.from(values), [values.length], { dtype: 'f8' }));
  const t = Array.from({ length: 30 }, (_, i) => i / 80);
  made.comma2k19 = new MemoryStorage('segment', {
    'processed_log/CAN/steering_angle/t': npy(t),
    'processed_log/CAN/steering_angle/value': npy(t),
    'processed_log/CAN/speed/t': npy(t),
    'processed_log/CAN/speed/value': npy(t),
  });
  const clip = await writeClip(4);
  made['comma-research'] = new MemoryStorage('clips', { 'camera/a.h5': clip.camera, 'log/a.h5': clip.log });
  return made;
}

let sound: Record<string, MemoryStorage>;
let scratch: string;
let thread: ReadingThread | undefined;
beforeAll(async () => {
  sound = await samples();
  scratch = await mkdtemp(join(tmpdir(), 'wheelhouse-fuzz-'));
});
afterAll(async () => {
  await thread?.end();
  await rm(scratch, { recursive: true });
});

/** Containers are read from the disk, in a thread, as the product does. */
async function emptyStorage({ name, container }: RecordingFormat): Promise<FileStorage> {
  if (!container) return new MemoryStorage(name);
  await rm(scratch, { recursive: true });
  await mkdir(scratch);
  return new DiskStorage(scratch, name);
}

describe('mutated recordings', () => {
  it('has a sound recording of every format to start from', async () => {
    for (const format of fuzzed) {
      const storage = sound[format.name];
      expect(storage, format.name).toBeDefined();
      expect(await format.detect(storage!), format.name).toBe(true);
      expect((await format.open(storage!, codec, {})).length, format.name).toBeGreaterThan(0);
    }
  });

  it.each(fuzzed.map(({ name }) => name))('gives samples or a refusal for %s, soon', async (name) => {
    const format = formats.find((one) => one.name === name)!;
    const paths = await allFiles(sound[name]!);
    const outcomes = { opened: 0, refused: 0 };
    const property = fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(), mutation), { minLength: 1, maxLength: 3 }),
      fc.boolean(),
      async (changes, skipBad) => {
        const storage = await emptyStorage(format);
        for (const path of paths) await storage.write(path, await sound[name]!.read(path));
        for (const [which, change] of changes) {
          const path = paths[which % paths.length]!;
          if (!(await storage.exists(path))) continue;
          const content = mutate(await storage.read(path), change);
          if (content === undefined) await storage.remove(path);
          else await storage.write(path, content);
        }
        if (format.container && thread?.ended !== false) thread = await ReadingThread.start();
        const start = performance.now();
        let recording: Recording | undefined;
        try {
          if (await format.detect(storage)) {
            recording = await (format.container
              ? openInThread(scratch, { skipBad, format: name, name }, thread)
              : format.open(storage, codec, { skipBad }));
            outcomes.opened++;
            expect(recording.columns.time).toHaveLength(recording.length);
            for (const [camera, loader] of Object.entries(recording.cameras)) {
              for (let i = 0; i < Math.min(recording.length, 4); i++)
                if (loader.has(i)) await recording.frame(i, camera);
            }
          }
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
          outcomes.refused++;
          expect(error.message).not.toContain('\n');
        } finally {
          if (thread?.ended !== true) await recording?.close();
          await storage.close();
        }
        expect(performance.now() - start).toBeLessThan(LONGEST);
      },
    );
    await fc.assert(property, { numRuns: RUNS, seed: SEED });
    // Mutations that are all harmless would show nothing. (All fatal they may be: MCAP guards nearly every byte.)
    expect(outcomes.refused).toBeGreaterThan(0);
    if (process.env.FUZZ_RUNS !== undefined) console.log(name, outcomes);
  });
});
