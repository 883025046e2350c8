import { Refusal } from '../../../sim/refusal.ts';
import type { RecordingExporter } from '../../writing/exporter.ts';
import { inventedValues, lostColumns, pictureLosses, TimeLosses } from '../../writing/losses.ts';
import { ONLY_JPEG, picturedSamples } from '../../writing/samples.ts';
import { RADIANS_PER_DEGREE } from '../format.ts';
import { steeringShare } from '../steering-share.ts';
import { FULL_STEERING_DEGREES, OWN_FIELDS } from './records.ts';

/** Records per catalog, DonkeyCar's own number. */
const CATALOG_LENGTH = 1000;

/**
 * DonkeyCar tub v2. A gap becomes an empty record that is listed as deleted: DonkeyCar wants dense numbers, and takes
 * neighbours in number for neighbours in time.
 */
export const donkeycarTubExporter: RecordingExporter = {
  name: 'donkeycar-tub',
  title: 'DonkeyCar tub v2 (manifest.json)',
  resumable: true,
  async export(recording, storage, codec, options) {
    const cameras = Object.keys(recording.cameras);
    const main = cameras.includes('centre') ? 'centre' : cameras[0];
    if (main === undefined) {
      throw new Refusal('cannot-export', recording.metadata.name, 'it has no camera', 'use a recording with images');
    }
    const field = (camera: string) => (camera === main ? 'cam/image_array' : `cam/${camera}`);
    const steering = steeringShare(recording, 'user/angle', FULL_STEERING_DEGREES * RADIANS_PER_DEGREE, options);
    const own = OWN_FIELDS.filter(([, column]) => recording.columns[column] !== undefined);
    const start = Date.parse(recording.metadata.createdAt ?? '') || Date.UTC(2000, 0, 1);
    const session = `${new Date(start).toISOString().slice(2, 10)}_0`;
    const skipped = [...recording.skipped];
    const catalogs = new Catalogs(start / 1000);
    const deleted: number[] = [];
    const write = (path: string, content: Uint8Array | string) => storage.write(path, content);
    const times = new TimeLosses();
    let samples = 0;
    for await (const { index, gap, pictures } of picturedSamples(
      recording,
      codec,
      ONLY_JPEG,
      options,
      skipped,
      options,
    )) {
      const time = recording.columns.time[index]! - recording.columns.time[0]!;
      const _timestamp_ms = Math.round(start + 1000 * time);
      if (gap && samples > 0) {
        deleted.push(catalogs.count);
        await catalogs.add({ __empty__: true, _index: catalogs.count, _session_id: session, _timestamp_ms }, write);
      }
      const number = catalogs.count;
      const record: Record<string, string | number> = { _index: number, _session_id: session, _timestamp_ms };
      try {
        record['user/angle'] = steering.of(index);
        record['user/throttle'] = recording.columns.throttle?.[index] || 0;
        record['user/mode'] = 'user';
        for (const [name, column] of own) {
          const value = recording.columns[column]![index]!;
          if (!Number.isNaN(value)) record[name] = value;
        }
        if (pictures[main] === undefined) {
          const where = `${recording.metadata.name}: sample ${index}`;
          throw new Refusal(
            'bad-sample',
            where,
            `it has no picture of ${main}`,
            'leave it out, or skip bad samples (--skip-bad)',
          );
        }
        for (const [camera, picture] of Object.entries(pictures)) {
          const name = `${number}_${field(camera).replaceAll('/', '_')}_.jpg`;
          record[field(camera)] = name;
          if (picture) await write(`images/${name}`, picture.bytes);
        }
      } catch (error) {
        if (!(options.skipBad && error instanceof Refusal)) throw error;
        skipped.push(error.message);
        deleted.push(number);
        await catalogs.add({ __empty__: true, _index: number, _session_id: session, _timestamp_ms }, write);
        continue;
      }
      await catalogs.add(record, write);
      times.add(time, (_timestamp_ms - Math.round(start)) / 1000);
      samples++;
      options.onWritten?.(samples);
    }
    await catalogs.flush(write);
    const types: Record<string, string> = {};
    for (const camera of cameras) types[field(camera)] = 'image_array';
    Object.assign(types, { 'user/angle': 'float', 'user/throttle': 'float', 'user/mode': 'str' });
    for (const [name] of own) types[name] = 'float';
    const { steeringRatio, fullSteering } = steering;
    const manifest = [
      Object.keys(types),
      Object.values(types),
      { wheelhouse: { steeringRatio, fullSteering } },
      { created_at: start / 1000, sessions: { all_full_ids: [session], last_id: 0, last_full_id: session } },
      { paths: catalogs.paths, current_index: catalogs.count, max_len: CATALOG_LENGTH, deleted_indexes: deleted },
    ];
    await write('manifest.json', manifest.map((line) => `${JSON.stringify(line)}\n`).join(''));
    const kept = ['time', 'steeringAngle', 'throttle', ...own.map(([, column]) => column)];
    const lost = [
      ...lostColumns(recording, kept),
      ...steering.losses(),
      ...times.lines('whole milliseconds'),
      ...inventedValues(recording, ['throttle']),
      ...(await pictureLosses(recording, ONLY_JPEG)),
    ];
    return { samples, skipped, lost, complete: true };
  },
};

type Write = (path: string, content: string) => Promise<void>;

/** The catalog files, each written with its manifest when it is full: DonkeyCar cannot open one without the other. */
class Catalogs {
  readonly paths: string[] = [];
  count = 0;
  readonly #createdAt: number;
  #lines: string[] = [];

  constructor(createdAt: number) {
    this.#createdAt = createdAt;
  }

  async add(record: Readonly<Record<string, unknown>>, write: Write): Promise<void> {
    const sorted = Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
    this.#lines.push(`${JSON.stringify(sorted)}\n`);
    this.count++;
    if (this.#lines.length === CATALOG_LENGTH) await this.flush(write);
  }

  /** An empty catalog is never written: DonkeyCar maps catalogs into memory and an empty file cannot be mapped. */
  async flush(write: Write): Promise<void> {
    if (this.#lines.length === 0) return;
    const path = `catalog_${this.paths.length}.catalog`;
    const manifest = {
      created_at: this.#createdAt,
      line_lengths: this.#lines.map((line) => line.length),
      path: `${path}_manifest`,
      start_index: this.paths.length * CATALOG_LENGTH,
    };
    await write(path, this.#lines.join(''));
    await write(`${path}_manifest`, `${JSON.stringify(manifest)}\n`);
    this.paths.push(path);
    this.#lines = [];
  }
}
