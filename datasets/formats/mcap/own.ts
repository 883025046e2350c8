import { z } from 'zod';
import { Refusal } from '../../../sim/refusal.ts';
import type { ImageCodec } from '../../images/codec.ts';
import { ColumnBuilder } from '../../recording/column-builder.ts';
import { type CameraMetadata, type Conversion, conversionSchema } from '../../recording/metadata.ts';
import { createRecording, type EncodedFrame, type FrameLoader, type Recording } from '../../recording/recording.ts';
import { meanRate } from '../../recording/segments.ts';
import type { FileStorage } from '../../storage/storage.ts';
import { BadSamples, badSample } from '../bad-samples.ts';
import { firstSize } from '../first-size.ts';
import type { OpenOptions } from '../format.ts';
import { decodeText, parseJson } from '../json.ts';
import type { McapFile } from './file.ts';
import type { McapSource } from './source.ts';
import { CAMERA_TOPIC, decodeBase64, IMAGE_SCHEMA, VEHICLE_TOPIC } from './topics.ts';

const vehicleMessage = z.looseObject({ time: z.number(), gap: z.boolean().optional() });
const imageMessage = z.looseObject({ data: z.string(), format: z.string() });
const aboutSchema = z.looseObject({ rate: z.number().positive(), conversions: z.array(conversionSchema) });

/** Whether the file has the topic that our own files have. */
export function isOwn({ reader }: McapFile): boolean {
  return [...reader.channelsById.values()].some(
    ({ topic, messageEncoding }) => topic === VEHICLE_TOPIC && messageEncoding === 'json',
  );
}

/** Opens an MCAP file as we write them: numbers on `/vehicle`, images as `foxglove.CompressedImage`, both as JSON. */
export async function openOwn(
  storage: FileStorage,
  { where, reader, notes, guarded }: McapFile,
  codec: ImageCodec,
  options: OpenOptions,
): Promise<Recording> {
  const channels = [...reader.channelsById.values()];
  const bad = new BadSamples(options.skipBad);
  const { columns, stamps, breaks } = await guarded(() => readSamples(reader, where, bad));
  if (stamps.length === 0) throw new Refusal('bad-recording', where, 'there is no sample in it', 'use another file');

  const cameras: Record<string, FrameLoader> = {};
  const about: Record<string, CameraMetadata> = {};
  for (const { topic, schemaId, messageEncoding } of channels) {
    if (reader.schemasById.get(schemaId)?.name !== IMAGE_SCHEMA || messageEncoding !== 'json') continue;
    const camera = topic
      .replace(CAMERA_TOPIC, '')
      .replaceAll(/[^A-Za-z0-9._-]/g, '_')
      .replace(/^[^A-Za-z0-9]+/, '');
    const present = new Set<bigint>();
    for (const moment of await guarded(() => logTimes(reader, topic))) present.add(moment);
    const place = (index: number) => `${where}: ${topic}: sample ${index}`;
    const encoded = (index: number): Promise<EncodedFrame> =>
      guarded(async () => {
        const stamp = stamps[index]!;
        for await (const { data } of reader.readMessages({ topics: [topic], startTime: stamp, endTime: stamp })) {
          const message = parseJson(decodeText(data), imageMessage, place(index));
          return { type: message.format === 'png' ? 'png' : 'jpeg', bytes: decodeBase64(message.data) };
        }
        throw new Refusal('bad-image', place(index), 'there is no image at its time', 'leave the sample out');
      });
    const load = async (index: number) =>
      codec.decode((await encoded(index)).bytes, place(index), columns.time[index]!);
    const has = (index: number) => present.has(stamps[index]!);
    if (!stamps.some((stamp) => present.has(stamp))) continue;
    about[camera] = await firstSize({ has, load }, stamps.length);
    cameras[camera] = { has, load, encoded };
  }
  const said = await guarded(() => readAbout(reader));
  return createRecording({
    metadata: {
      format: 'mcap',
      name: storage.name,
      rate: said?.rate ?? meanRate(columns.time, 20),
      timeSource: 'recorded',
      cameras: about,
      conversions: said?.conversions ?? [],
    },
    columns,
    cameras,
    breaks,
    skipped: bad.skipped,
    notes,
    close: () => storage.close(),
  });
}

async function readSamples(reader: McapSource, where: string, bad: BadSamples) {
  const builder = new ColumnBuilder();
  const stamps: bigint[] = [];
  const breaks: number[] = [];
  let left = false;
  for await (const { data, logTime, sequence } of reader.readMessages({ topics: [VEHICLE_TOPIC] })) {
    const place = `${where}: ${VEHICLE_TOPIC}: message ${sequence}`;
    const message = bad.try(() => {
      const parsed = parseJson(decodeText(data), vehicleMessage, place);
      for (const [name, value] of Object.entries(parsed)) {
        if (typeof value === 'number' && !/^\S+$/.test(name)) throw badSample(`${place}: ${name}`, 'is no column name');
      }
      return parsed;
    });
    if (message === undefined) {
      left = true;
      continue;
    }
    if (message.gap || left) breaks.push(builder.length);
    left = false;
    builder.next(message.time);
    stamps.push(logTime);
    for (const [name, value] of Object.entries(message)) {
      if (name !== 'time' && typeof value === 'number') builder.set(name, value);
    }
  }
  return { columns: builder.finish(), stamps, breaks };
}

async function logTimes(reader: McapSource, topic: string): Promise<bigint[]> {
  const moments: bigint[] = [];
  for await (const { logTime } of reader.readMessages({ topics: [topic] })) moments.push(logTime);
  return moments;
}

async function readAbout(reader: McapSource): Promise<{ rate: number; conversions: Conversion[] } | undefined> {
  for await (const { metadata } of reader.readMetadata({ name: 'wheelhouse' })) {
    try {
      const checked = aboutSchema.safeParse(JSON.parse(metadata.get('recording') ?? ''));
      if (checked.success) return checked.data;
    } catch {
      // What another program wrote under our name is not ours to judge.
    }
  }
  return undefined;
}
