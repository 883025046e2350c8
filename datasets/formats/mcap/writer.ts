import { McapWriter } from '@mcap/core';
import type { RecordingExporter } from '../../writing/exporter.ts';
import { pictureLosses } from '../../writing/losses.ts';
import { JPEG_OR_PNG, picturedSamples } from '../../writing/samples.ts';
import {
  CAMERA_TOPIC,
  encodeBase64,
  IMAGE_SCHEMA,
  imageSchema,
  nanoseconds,
  VEHICLE_TOPIC,
  vehicleSchema,
} from './topics.ts';

const FILE = 'recording.mcap';
/** A frame is found by reading its chunk: small chunks make random access quick. */
const CHUNK_BYTES = 256 * 1024;

/** MCAP with JSON messages: images as `foxglove.CompressedImage`, everything else on `/vehicle`. */
export const mcapExporter: RecordingExporter = {
  name: 'mcap',
  title: 'MCAP for Foxglove and Lichtblick',
  resumable: false,
  async export(recording, storage, codec, options) {
    await storage.remove(FILE);
    const handle = await storage.openAppend(FILE);
    const skipped = [...recording.skipped];
    const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
    let samples = 0;
    let later = 0;
    try {
      const writer = new McapWriter({
        writable: { write: (bytes) => handle.append(bytes.slice()), position: () => BigInt(handle.size) },
        chunkSize: CHUNK_BYTES,
      });
      await writer.start({ profile: '', library: 'wheelhouse' });
      const names = Object.keys(recording.columns).filter((name) => name !== 'time');
      const channel = async (topic: string, schemaId: number) =>
        writer.registerChannel({ schemaId, topic, messageEncoding: 'json', metadata: new Map() });
      const register = (name: string, schema: object) =>
        writer.registerSchema({ name, encoding: 'jsonschema', data: json(schema) });
      const vehicle = await channel(VEHICLE_TOPIC, await register('wheelhouse.Vehicle', vehicleSchema(names)));
      const image = await register(IMAGE_SCHEMA, imageSchema);
      const cameras = new Map<string, number>();
      for (const camera of Object.keys(recording.cameras)) {
        cameras.set(camera, await channel(`${CAMERA_TOPIC}${camera}`, image));
      }
      const { name: title, format, conversions } = recording.metadata;
      const about = { name: title, format, rate: recording.metadata.rate, conversions };
      await writer.addMetadata({ name: 'wheelhouse', metadata: new Map([['recording', JSON.stringify(about)]]) });
      const start = BigInt(Date.parse(recording.metadata.createdAt ?? '') || 0) * 1_000_000n;
      const first = recording.columns.time[0] ?? 0;
      let latest = -1n;
      for await (const { index, gap, pictures } of picturedSamples(recording, codec, JPEG_OR_PNG, options, skipped)) {
        const time = recording.columns.time[index]!;
        // Messages are read in the order of their log times, and found by them: each is later than the one before, also
        // where the samples' own times, which are in the messages, run backwards or stand still.
        const own = start + nanoseconds(time - first);
        const logTime = own > latest ? own : latest + 1n;
        if (logTime !== own) later++;
        latest = logTime;
        const stamp = { logTime, publishTime: logTime, sequence: index };
        const values: Record<string, number | boolean> = { time, ...(gap && { gap }) };
        for (const name of names) {
          const value = recording.columns[name]![index]!;
          if (!Number.isNaN(value)) values[name] = value;
        }
        const timestamp = { sec: Number(logTime / 1_000_000_000n), nsec: Number(logTime % 1_000_000_000n) };
        for (const [camera, picture] of Object.entries(pictures)) {
          const data = json({ timestamp, frame_id: camera, data: encodeBase64(picture!.bytes), format: picture!.type });
          await writer.addMessage({ channelId: cameras.get(camera)!, data, ...stamp });
        }
        await writer.addMessage({ channelId: vehicle, data: json(values), ...stamp });
        samples++;
      }
      await writer.end();
      await handle.close();
    } catch (error) {
      await handle.close().catch(() => undefined);
      await storage.remove(FILE);
      throw error;
    }
    const why = 'log times do not run backwards; `time` of /vehicle has the own ones';
    const lost = [
      ...(later > 0 ? [`log time: later than the own time for ${later} samples (${why})`] : []),
      ...(await pictureLosses(recording, JPEG_OR_PNG)),
    ];
    return { samples, skipped, lost, complete: true };
  },
};
