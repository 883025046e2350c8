import { Refusal } from '../../../sim/refusal.ts';
import type { CameraMetadata } from '../../recording/metadata.ts';
import { nameOfPlace } from '../../recording/names.ts';
import { createRecording, type FrameLoader, type Recording } from '../../recording/recording.ts';
import { meanRate } from '../../recording/segments.ts';
import type { FileStorage } from '../../storage/storage.ts';
import { BadSamples } from '../bad-samples.ts';
import { type OpenOptions, RADIANS_PER_DEGREE, type RecordingFormat } from '../format.ts';
import { type Clip, openClip } from './clip.ts';
import { HDF5_MAGIC } from './hdf5.ts';

const LOGS = 'log';
const CAMERAS = 'camera';
/** Time between two clips, of which the set says nothing [s]. */
const CLIP_GAP = 1;
const CAMERA_RATE = 20;
/** The logs hold tenths of a degree, right positive: the authors' viewer divides by ten and turns the sign. */
const RADIANS_PER_STORED = -RADIANS_PER_DEGREE / 10;

/** comma.ai's `research` data set: `camera/*.h5` with `log/*.h5` of the same name; each clip becomes a segment. */
export const commaResearch: RecordingFormat = {
  name: 'comma-research',
  title: 'comma.ai research (camera/*.h5 and log/*.h5)',
  container: true,
  files: ['h5'],
  docs: {
    knownBy: '`log/*.h5` with `camera/*.h5`',
    steering: 'tenths of a degree of the wheel, right + → −π/1800',
    others: 'speed m/s; `gas` 0..1 → throttle; `steering_torque` is really a rate, so it stays `source.`',
    times: '`times`, by `cam1_ptr`',
    cameras: 'centre',
  },
  detect: async (storage) => (await findClips(storage)).length > 0,
  open: (storage, _codec, options) => openClips(storage, options),
};

async function findClips(storage: FileStorage): Promise<string[]> {
  const clips: string[] = [];
  if (!(await storage.exists(LOGS))) return clips;
  const entries = await storage.list(LOGS).catch(() => []);
  for (const { name, kind } of entries) {
    if (kind !== 'file' || !name.endsWith('.h5')) continue;
    const start = await storage.readRange(`${LOGS}/${name}`, 0, HDF5_MAGIC.length);
    if (HDF5_MAGIC.every((byte, i) => start[i] === byte)) clips.push(name);
  }
  return clips;
}

async function openClips(storage: FileStorage, options: OpenOptions): Promise<Recording> {
  const bad = new BadSamples(options.skipBad);
  const clips: Clip[] = [];
  const close = async (): Promise<void> => {
    for (const clip of clips) await clip.close();
    await storage.close();
  };
  try {
    for (const name of await findClips(storage)) {
      const [camera, log] = [`${CAMERAS}/${name}`, `${LOGS}/${name}`];
      try {
        if (!(await storage.exists(camera))) {
          throw new Refusal('missing-file', `${storage.name}/${log}`, `${camera} is missing`, 'add it');
        }
        clips.push(await openClip(storage, camera, log));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        bad.leaveOut(error);
      }
    }
    return joinClips(storage, clips, bad, close);
  } catch (error) {
    await close();
    throw error;
  }
}

function joinClips(
  storage: FileStorage,
  clips: readonly Clip[],
  bad: BadSamples,
  close: () => Promise<void>,
): Recording {
  const length = clips.reduce((sum, clip) => sum + clip.frames.length, 0);
  const first = clips[0];
  if (first === undefined || length === 0) {
    const what = bad.skipped[0] ?? 'there is no frame with a row of the log';
    throw new Refusal('bad-recording', storage.name, what, 'use clips with frames');
  }
  const { width, height } = first;
  const odd = clips.find((clip) => clip.width !== width || clip.height !== height);
  if (odd !== undefined) {
    throw new Refusal('bad-recording', odd.where, 'its frames have another size than the first', 'read it alone');
  }
  const columns: Record<string, Float64Array> & { time: Float64Array } = { time: new Float64Array(length) };
  const column = (name: string) => (columns[name] ??= new Float64Array(length).fill(Number.NaN));
  const places: { readonly clip: Clip; readonly frame: number }[] = [];
  const breaks: number[] = [];
  for (const clip of clips) {
    const at = places.length;
    const start = at === 0 ? 0 : columns.time[at - 1]! + CLIP_GAP;
    clip.frames.forEach((frame, i) => {
      if (i === 0 || frame !== clip.frames[i - 1]! + 1) breaks.push(at + i);
      columns.time[at + i] = start + clip.time[i]! - clip.time[0]!;
      places.push({ clip, frame });
    });
    for (const [name, values] of Object.entries(clip.fields)) column(`source.${name}`).set(values, at);
  }
  columns.steeringAngle = columns['source.steering_angle']!.map((stored) => stored * RADIANS_PER_STORED + 0);
  const speed = columns['source.speed'];
  if (speed !== undefined) [columns.speed, columns.measuredSpeed] = [speed, speed];
  const gas = columns['source.gas'];
  if (gas !== undefined) columns.throttle = gas;
  const centre: FrameLoader = {
    has: () => true,
    async load(index) {
      const { clip, frame } = places[index]!;
      return { width, height, time: columns.time[index]!, pixels: clip.pixels(frame) };
    },
  };
  const note = 'mean over the rows of the log that belong to the frame';
  const about: CameraMetadata = { width, height };
  return createRecording({
    metadata: {
      format: 'comma-research',
      name: storage.name,
      rate: meanRate(columns.time, CAMERA_RATE),
      timeSource: 'recorded',
      cameras: { centre: about },
      conversions: [
        {
          column: 'steeringAngle',
          field: 'steering_angle',
          unit: 'tenths of a degree of the steering wheel, right positive',
          factor: RADIANS_PER_STORED,
          note: `${note}; unit and sign follow from the authors' viewer`,
        },
        ...(speed === undefined ? [] : [{ column: 'speed', field: 'speed', unit: 'm/s', factor: 1, note }]),
        ...(gas === undefined
          ? []
          : [{ column: 'throttle', field: 'gas', unit: 'share of the pedal, 0 to 1', factor: 1, note }]),
      ],
    },
    columns,
    cameras: { centre },
    breaks,
    skipped: bad.skipped,
    notes: clips.flatMap(({ where, notes }) => notes.map((note) => `${nameOfPlace(where)}: ${note}`)),
    close,
  });
}
