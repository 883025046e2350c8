import { counted } from '../../../sim/counted.ts';
import { Refusal } from '../../../sim/refusal.ts';
import type { ImageCodec } from '../../images/codec.ts';
import { pictureType } from '../../images/picture-type.ts';
import type { CameraMetadata, Conversion } from '../../recording/metadata.ts';
import { createRecording, type EncodedFrame, type FrameLoader, type Recording } from '../../recording/recording.ts';
import { meanRate } from '../../recording/segments.ts';
import type { FileStorage } from '../../storage/storage.ts';
import { type AlignedCameras, alignCameras } from '../aligned-cameras.ts';
import { BadSamples, badSample } from '../bad-samples.ts';
import { clockRange, clocksApart } from '../clocks.ts';
import { firstSize } from '../first-size.ts';
import { DEFAULT_STEERING_RATIO, type OpenOptions } from '../format.ts';
import { interpolateAt } from '../time-series.ts';
import { frameOf, packedPicture } from './images.ts';
import type { LogMessage, MessageLog } from './message-log.ts';
import { stampOf } from './stamp.ts';
import { type DriveTopics, findTopics } from './topics.ts';
import { type Quantity, readQuantity, VEHICLE_TYPES } from './vehicle.ts';

/** Reports come at 10 to 100 Hz; across a longer hole nothing is interpolated [s]. */
const LONGEST_HOLE = 0.5;

/** One picture: when it was taken and where it is. */
interface Picture {
  readonly stamp: bigint;
  readonly log: MessageLog;
  readonly topic: string;
  readonly written: bigint;
}

/** One quantity of one topic over time. */
interface Series {
  readonly topic: string;
  readonly quantity: Quantity;
  readonly told: { readonly stamp: bigint; readonly value: number }[];
}

/**
 * Makes a recording of logs that belong together: a sample for each picture of the main camera, the other cameras' nearest
 * pictures, and what is told of the vehicle interpolated at its time.
 * @throws Refusal when there is no picture or no steering in them, listing the topics
 */
export async function openDrive(
  storage: FileStorage,
  format: string,
  logs: readonly MessageLog[],
  codec: ImageCodec,
  options: OpenOptions,
): Promise<Recording> {
  const bad = new BadSamples(options.skipBad);
  const topics = findTopics(logs);
  checkTopics(topics, storage.name);
  const { pictures, series, repeated } = await collect(logs, topics, bad);
  const aligned = alignCameras(pictures);
  if (aligned === undefined)
    throw new Refusal('bad-recording', storage.name, 'there is no picture in it', 'add the log that holds them');
  const cameras = await openCameras(aligned, storage.name, codec);
  const { columns, conversions, notes } = vehicleColumns(
    series,
    aligned,
    options.steeringRatio ?? DEFAULT_STEERING_RATIO,
  );
  return createRecording({
    metadata: {
      format,
      name: storage.name,
      rate: meanRate(aligned.time, 20),
      timeSource: 'recorded',
      cameras: cameras.about,
      conversions,
      source: { topics: Object.fromEntries([...topics.types].map(([topic, type]) => [topic, type ?? ''])) },
    },
    columns,
    cameras: cameras.loaders,
    skipped: bad.skipped,
    notes: [...logs.flatMap(({ notes }) => notes), ...repeatNotes(repeated), ...notes],
    close: () => storage.close(),
  });
}

function checkTopics({ cameras, vehicle, types }: DriveTopics, where: string): void {
  const steers = [...vehicle.values()].flat().some(({ column }) => /Angle$/.test(column));
  if (cameras.size > 0 && steers) return;
  const listed = [...types].map(([topic, type]) => `${topic} (${type ?? 'of a kind that cannot be decoded'})`);
  const list = listed.length > 30 ? [...listed.slice(0, 30), `and ${listed.length - 30} more`] : listed;
  const what = `there is no ${cameras.size === 0 ? 'camera image' : 'steering angle'} among the topics: ${list.join(', ')}`;
  const mend =
    cameras.size === 0
      ? 'add the log that holds the camera'
      : `record one of ${[...VEHICLE_TYPES.keys()].filter((type) => /Steering|Ackermann/.test(type)).join(', ')}`;
  throw new Refusal('bad-recording', where, what, mend);
}

async function collect(logs: readonly MessageLog[], { cameras, vehicle }: DriveTopics, bad: BadSamples) {
  const pictures = new Map<string, Picture[]>();
  const series: Series[] = [...vehicle].flatMap(([topic, quantities]) =>
    quantities.map((quantity) => ({ topic, quantity, told: [] })),
  );
  const seen = new Map<string, MessageLog>();
  let repeated = 0;
  for (const log of logs) {
    const wanted = [...cameras.keys(), ...vehicle.keys()].filter((topic) => log.topics.has(topic));
    for await (const message of log.messages(wanted)) {
      const { topic, written, content, fault } = message;
      if (fault !== undefined) {
        const place = `${log.where}: ${topic}: message of ${Number(written) / 1e9} s`;
        bad.leaveOut(
          badSample(place, `it cannot be decoded (${fault})`, 'mend the log, or skip bad samples (--skip-bad)'),
        );
        continue;
      }
      const camera = cameras.get(topic);
      const stamp = stampOf(content) ?? written;
      if (camera !== undefined) {
        const key = `${topic} ${stamp} ${written}`;
        const before = seen.get(key);
        if (before !== undefined && before !== log) {
          repeated++;
          continue;
        }
        seen.set(key, log);
        const list = pictures.get(camera);
        const picture = { stamp, log, topic, written };
        if (list === undefined) pictures.set(camera, [picture]);
        else list.push(picture);
        continue;
      }
      bad.try(() => {
        const values = series
          .filter((one) => one.topic === topic)
          .map((one) => ({ one, value: valueIn(message, one, log) }));
        for (const { one, value } of values) one.told.push({ stamp, value });
      });
    }
  }
  return { pictures, series, repeated };
}

/** Copies of a log lie beside it, as browsers make them that fetch it twice; parts may also overlap. */
function repeatNotes(repeated: number): string[] {
  if (repeated === 0) return [];
  return [`${counted(repeated, 'picture is', 'pictures are')} in two of the files, and left out of the second`];
}

function valueIn({ content }: LogMessage, { topic, quantity }: Series, log: MessageLog): number {
  const value = readQuantity(content, quantity);
  if (typeof value === 'number') return value;
  throw badSample(`${log.where}: ${topic}: ${quantity.field.join('.')}`, value.fault);
}

async function openCameras(aligned: AlignedCameras<Picture>, where: string, codec: ImageCodec) {
  const loaders: Record<string, FrameLoader> = {};
  const about: Record<string, CameraMetadata> = {};
  for (const [camera, shots] of aligned.shots) {
    const place = (index: number) =>
      `${shots[index]?.log.where ?? where}: ${shots[index]?.topic ?? camera}: sample ${index}`;
    const contentOf = async (index: number): Promise<unknown> => {
      const shot = shots[index];
      for await (const { content } of shot?.log.messages([shot.topic], shot.written) ?? []) return content;
      throw new Refusal('bad-image', place(index), 'it has no image', 'leave it out');
    };
    const load = async (index: number) => frameOf(await contentOf(index), codec, place(index), aligned.time[index]!);
    const encoded = async (index: number): Promise<EncodedFrame> => {
      const bytes = packedPicture(await contentOf(index));
      if (bytes !== undefined) return { type: pictureType(bytes), bytes };
      throw new Refusal('bad-image', place(index), 'it is neither JPEG nor PNG as others are', 'leave it out');
    };
    const has = (index: number) => shots[index] !== undefined;
    about[camera] = await firstSize({ has, load }, shots.length);
    // A camera tells by its first picture whether it packs them.
    const isPacked = packedPicture(await contentOf(shots.findIndex((shot) => shot !== undefined))) !== undefined;
    loaders[camera] = { has, load, ...(isPacked && { encoded }) };
  }
  return { loaders, about };
}

function vehicleColumns(series: readonly Series[], aligned: AlignedCameras<Picture>, steeringRatio: number) {
  const { time } = aligned;
  const columns: Record<string, Float64Array> & { time: Float64Array } = { time };
  const conversions: Conversion[] = [];
  const notes: string[] = [];
  const pictured = clockRange(aligned.samples.map(({ stamp }) => stamp));
  for (const { topic, quantity, told } of series) {
    const range = clockRange(told.map(({ stamp }) => stamp));
    if (range === undefined) continue;
    const apart = pictured && clocksApart(`${quantity.column} of ${topic}`, range, pictured);
    if (apart !== undefined) notes.push(apart);
    const sorted = told.map(({ stamp, value }) => ({ at: aligned.seconds(stamp), value })).sort((a, b) => a.at - b.at);
    const values = interpolateAt(
      Float64Array.from(sorted, ({ at }) => at),
      sorted.map(({ value }) => value),
      time,
      LONGEST_HOLE,
    );
    const field = quantity.field.join('.');
    const note = `topic ${topic}, interpolated at the times of the pictures`;
    if (quantity.column === 'roadWheelAngle') {
      columns[`source.${field}`] = values;
      columns.steeringAngle = values.map((angle) => angle * steeringRatio);
      const assumed = `${note}; steering ratio ${steeringRatio} assumed`;
      conversions.push({ column: 'steeringAngle', field, unit: quantity.unit, factor: steeringRatio, note: assumed });
      continue;
    }
    columns[quantity.column] = values;
    if (quantity.column === 'speed') columns.measuredSpeed = values;
    conversions.push({ column: quantity.column, field, unit: quantity.unit, factor: 1, note });
  }
  return { columns, conversions, notes };
}
