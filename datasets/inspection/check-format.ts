import { type Check, type CheckReport, runChecks } from '../../sim/check-report.ts';
import { Refusal } from '../../sim/refusal.ts';
import type { RecordingFormat } from '../formats/format.ts';
import { detectFormat } from '../formats/open.ts';
import type { ImageCodec } from '../images/codec.ts';
import { metadataSchema } from '../recording/metadata.ts';
import type { Recording } from '../recording/recording.ts';
import { allFiles } from '../storage/all-files.ts';
import { MemoryStorage } from '../storage/memory.ts';
import type { FileStorage } from '../storage/storage.ts';
import { labelAgreement } from './label-agreement.ts';
import { inspectPictures } from './pictures.ts';

/** Frames of each camera that are decoded. */
const FRAMES = 8;
/** Frames that the direction of the steering is judged by. */
const AGREEMENT_FRAMES = 240;

/** What columns may hold in a drive that somebody survived, by name: unit, least and most. */
const RANGES: Readonly<Record<string, readonly [unit: string, least: number, most: number]>> = {
  // Three turns of the wheel to either side.
  steeringAngle: ['rad', -20, 20],
  measuredSteeringAngle: ['rad', -20, 20],
  speed: ['m/s', -10, 100],
  measuredSpeed: ['m/s', -10, 100],
  torque: ['N·m', -50, 50],
  throttle: ['share', -1, 1],
  brake: ['share', 0, 1],
};

/**
 * Checks a reader of one's own on a sound small recording: that it is detected and opens, that columns, times, units,
 * signs and frames are as the program wants them, and that damage is refused.
 * @param sample a sound recording of the format; it is not changed
 */
export async function checkRecordingFormat(
  format: RecordingFormat,
  sample: FileStorage,
  codec: ImageCodec,
): Promise<CheckReport> {
  // As whoever opens recordings does: an archive may have unpacked to a folder in the folder.
  const { storage } = (await detectFormat(sample, [format]).catch(() => undefined)) ?? { storage: sample };
  let opened: Recording | undefined;
  const recording = (): Recording => {
    if (opened === undefined) throw new Error('not looked at, because it does not open');
    return opened;
  };
  const checks: Check[] = [
    {
      name: 'named',
      mend: 'choose a name of small letters, digits and dashes; list extensions in small letters, without the dot',
      run: () => checkNames(format),
    },
    {
      name: 'detects',
      mend: 'in `detect`, answer true for the sample by what its files hold, and false for a folder of something else',
      run: () => checkDetection(format, storage),
    },
    {
      name: 'opens',
      mend: '`open` must read the sample without options',
      async run() {
        opened = await format.open(storage, codec, {});
        if (opened.length === 0) throw new Error('the sample opens, but has no samples');
        return `${opened.length} samples`;
      },
    },
    {
      name: 'metadata',
      mend: 'fill in `metadata` as datasets/recording/metadata.ts says, with the name of the format',
      run: () => checkMetadata(format, recording()),
    },
    {
      name: 'columns',
      mend: 'give each column one value a sample, NaN where one is missing',
      run: () => checkColumns(recording()),
    },
    {
      name: 'times',
      mend: 'give times in seconds that grow; leave samples out, or refuse them, that go back',
      run: () => checkTimes(recording()),
    },
    {
      name: 'units',
      mend: 'convert to rad of the steering wheel, m/s and N·m, and list each factor in `conversions`',
      run: () => checkRanges(recording()),
    },
    {
      name: 'signs',
      mend: 'left is positive: turn the sign of the steering, and say so in `conversions`',
      run: () => checkSigns(recording()),
    },
    {
      name: 'frames',
      mend: 'decode through the codec that `open` is given: width · height · 3 bytes, of the size that `cameras` says',
      run: () => checkFrames(recording()),
    },
    {
      name: 'damage',
      mend: 'check every field at the door, and throw a Refusal that names file, line and field',
      run: () => checkDamage(format, storage, codec),
    },
  ];
  const report = await runChecks(format.name, checks);
  await opened?.close();
  return report;
}

function checkNames({ name, files }: RecordingFormat): string {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) throw new Error(`${JSON.stringify(name)} is no stable name`);
  const wrong = files.find((extension) => !/^[a-z0-9_]+$/.test(extension));
  if (wrong !== undefined) throw new Error(`${JSON.stringify(wrong)} is no extension`);
  return `${name}, of ${files.join(', ')} files`;
}

async function checkDetection(format: RecordingFormat, sample: FileStorage): Promise<string> {
  if (!(await format.detect(sample))) throw new Error('it does not know its own sample');
  const others = new MemoryStorage('something-else', {
    'notes.txt': 'no recording',
    'data.json': '{}',
    'a.csv': 'a,b\n1,2\n',
  });
  if (await format.detect(others)) throw new Error('it takes a folder of something else for a recording');
  if (await format.detect(new MemoryStorage('empty'))) throw new Error('it takes an empty folder for a recording');
  return 'knows its sample, and neither an empty folder nor another one';
}

function checkMetadata(format: RecordingFormat, { metadata, columns, cameras }: Recording): string {
  const { error } = metadataSchema.safeParse(metadata);
  if (error) throw new Error(`metadata.${error.issues[0]!.path.join('.')}: ${error.issues[0]!.message}`);
  if (metadata.format !== format.name) throw new Error(`metadata.format is ${metadata.format}`);
  for (const { column } of metadata.conversions) {
    if (!(column in columns)) throw new Error(`conversions names ${column}, and there is no such column`);
  }
  const [listed, given] = [Object.keys(metadata.cameras).sort(), Object.keys(cameras).sort()];
  if (`${listed}` !== `${given}`) throw new Error(`metadata lists the cameras ${listed}, and there are ${given}`);
  return `${metadata.rate.toFixed(1)} Hz, ${given.length} cameras, ${metadata.conversions.length} conversions`;
}

function checkColumns({ columns, length }: Recording): string {
  for (const [name, column] of Object.entries(columns)) {
    if (!(column instanceof Float64Array)) throw new Error(`${name} is no Float64Array`);
    if (column.length !== length) throw new Error(`${name} has ${column.length} values for ${length} samples`);
    const endless = column.findIndex((value) => Math.abs(value) === Number.POSITIVE_INFINITY);
    if (endless >= 0) throw new Error(`${name} is ${column[endless]} at sample ${endless}`);
  }
  return Object.keys(columns).join(', ');
}

function checkTimes({ columns: { time }, metadata, segments }: Recording): string {
  const missing = time.findIndex((value) => !Number.isFinite(value));
  if (missing >= 0) throw new Error(`time is ${time[missing]} at sample ${missing}`);
  const back = time.findIndex((value, i) => i > 0 && !(value > time[i - 1]!));
  if (back >= 0) throw new Error(`time goes from ${time[back - 1]} to ${time[back]} s at sample ${back}`);
  const steps = segments
    .flatMap(({ start, end }) =>
      Array.from({ length: end - start - 1 }, (_, i) => time[start + i + 1]! - time[start + i]!),
    )
    .sort((a, b) => a - b);
  const usual = steps[Math.floor(steps.length / 2)];
  if (usual !== undefined && !(usual * metadata.rate > 0.5 && usual * metadata.rate < 2)) {
    throw new Error(`samples are ${usual} s apart, and the rate is ${metadata.rate} Hz`);
  }
  return `${(time.at(-1)! - time[0]!).toFixed(1)} s, growing`;
}

function checkRanges({ columns }: Recording): string {
  const seen = Object.entries(RANGES).filter(([name]) => columns[name] !== undefined);
  for (const [name, [unit, least, most]] of seen) {
    const sample = columns[name]!.findIndex((value) => value < least || value > most);
    if (sample < 0) continue;
    throw new Error(`${name} is ${columns[name]![sample]} ${unit} at sample ${sample}, outside ${least} to ${most}`);
  }
  return seen.length === 0
    ? 'there is none of the usual columns'
    : `${seen.map(([name]) => name).join(', ')} plausible`;
}

/** Compares the steering with how the scene moves in the picture, where there is enough of both. */
async function checkSigns(recording: Recording): Promise<string> {
  const steering = recording.columns.steeringAngle;
  const camera = 'centre' in recording.cameras ? 'centre' : Object.keys(recording.cameras)[0];
  if (steering === undefined || camera === undefined) return 'cannot be told without steering and pictures';
  const { motion } = await inspectPictures(recording, camera, AGREEMENT_FRAMES, () => {});
  const { segments, metadata } = recording;
  const { verdict } = labelAgreement({ steering, motion, segments, rate: metadata.rate });
  if (verdict === 'opposed') throw new Error('the scene turns against the steering');
  return verdict === 'agrees' ? 'the scene turns with the steering' : 'too little steering in the sample to tell';
}

async function checkFrames({ cameras, length, metadata }: Recording): Promise<string> {
  let decoded = 0;
  for (const [camera, loader] of Object.entries(cameras)) {
    for (let i = 0; i < Math.min(length, FRAMES); i++) {
      if (!loader.has(i)) continue;
      const { width, height, pixels } = await loader.load(i);
      const said = metadata.cameras[camera]!;
      const size = `${width} × ${height}`;
      if (width !== said.width || height !== said.height) throw new Error(`frame ${i} of ${camera} is ${size}`);
      if (pixels.length !== 3 * width * height) throw new Error(`frame ${i} of ${camera} has ${pixels.length} bytes`);
      decoded++;
    }
  }
  return `${decoded} frames decoded`;
}

/** Each file cut short, emptied, overwritten or missing: either some samples still open, or it is refused. */
async function checkDamage(format: RecordingFormat, sample: FileStorage, codec: ImageCodec): Promise<string> {
  // A parser of containers may go round in circles for damage; only a process apart can be ended.
  if (format.container) return 'not tried: a container is read in a process apart';
  let refused = 0;
  const files = await allFiles(sample);
  for (const file of files) {
    const sound = await sample.read(file);
    for (const [kind, bytes] of damages(sound)) {
      const copy = new MemoryStorage(sample.name);
      for (const other of files) if (other !== file) await copy.write(other, await sample.read(other));
      if (bytes !== undefined) await copy.write(file, bytes);
      try {
        if (!(await format.detect(copy))) continue;
        const recording = await format.open(copy, codec, {});
        await checkFrames(recording);
        await recording.close();
      } catch (error) {
        if (!(error instanceof Refusal)) throw new Error(`${file} ${kind}: ${String(error)}`);
        refused++;
      }
    }
  }
  if (refused === 0) throw new Error('nothing was refused, whatever was damaged');
  return `${files.length} files damaged in turn, ${refused} times refused`;
}

function damages(sound: Uint8Array): [kind: string, bytes: Uint8Array | undefined][] {
  const third = Math.floor(sound.length / 3);
  const overwritten = sound.slice();
  overwritten.fill(0x7a, third, third + 12);
  return [
    ['missing', undefined],
    ['emptied', new Uint8Array()],
    ['cut short', sound.slice(0, 2 * third)],
    ['overwritten', overwritten],
  ];
}
