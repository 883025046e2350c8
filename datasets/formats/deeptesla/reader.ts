import { Refusal } from '../../../sim/refusal.ts';
import type { CameraMetadata } from '../../recording/metadata.ts';
import { createRecording, type FrameLoader, type Recording } from '../../recording/recording.ts';
import { meanRate } from '../../recording/segments.ts';
import type { FileStorage } from '../../storage/storage.ts';
import { openVideoFile } from '../../video/container.ts';
import type { Video } from '../../video/video.ts';
import { BadSamples } from '../bad-samples.ts';
import { type OpenOptions, RADIANS_PER_DEGREE, type RecordingFormat } from '../format.ts';
import { decodeText } from '../json.ts';
import { headerOf, parseTable } from '../table.ts';

const TABLE = /^(.*)_steering\.csv$/;
const VIDEO_ENDINGS = ['_front.mkv', '_front.mp4'];

/** DeepTesla: `epochNN_front.mkv` with `epochNN_steering.csv`; all epochs of a folder become one recording. */
export const deeptesla: RecordingFormat = {
  name: 'deeptesla',
  title: 'DeepTesla (epochNN_steering.csv and video)',
  container: true,
  files: ['csv', 'mkv', 'mp4'],
  docs: {
    knownBy: '`epochNN_steering.csv` with `ts_micro` and `wheel`',
    steering: 'degrees of the wheel, right + → −π/180',
    others: 'none',
    times: '`ts_micro`',
    cameras: 'centre, from `epochNN_front.mkv` or `.mp4`',
  },
  detect: async (storage) => (await findEpochs(storage)).length > 0,
  open: (storage, _codec, options) => openEpochs(storage, options),
};

async function findEpochs(storage: FileStorage): Promise<{ table: string; video: string | undefined }[]> {
  const entries = await storage.list();
  const names = new Set(entries.map((entry) => entry.name));
  const epochs: { table: string; video: string | undefined }[] = [];
  for (const { name } of entries) {
    const stem = TABLE.exec(name)?.[1];
    if (stem === undefined) continue;
    const header = headerOf(decodeText(await storage.readRange(name, 0, 256)));
    if (!header.includes('ts_micro') || !header.includes('wheel')) continue;
    epochs.push({ table: name, video: VIDEO_ENDINGS.map((ending) => stem + ending).find((file) => names.has(file)) });
  }
  return epochs;
}

async function openEpochs(storage: FileStorage, options: OpenOptions): Promise<Recording> {
  const bad = new BadSamples(options.skipBad);
  const time: number[] = [];
  const degrees: number[] = [];
  const places: { video: Video; frame: number }[] = [];
  const breaks: number[] = [];
  const videos: Video[] = [];
  const notes: string[] = [];
  let size: CameraMetadata | undefined;
  await options.prepareVideo?.();
  for (const { table, video: file } of await findEpochs(storage)) {
    const where = `${storage.name}/${table}`;
    if (file === undefined) {
      const mend = 'add the video of the same epoch, or skip bad samples (--skip-bad)';
      bad.leaveOut(new Refusal('missing-file', where, 'its video is missing', mend));
      continue;
    }
    const video = await openVideoFile(storage, file).catch((error: unknown) => {
      if (!(error instanceof Refusal) || error.code === 'no-video-decoder') throw error;
      bad.leaveOut(error);
    });
    if (video === undefined) continue;
    videos.push(video);
    size ??= { width: video.width, height: video.height };
    if (size.width !== video.width || size.height !== video.height) {
      throw new Refusal('bad-video', `${storage.name}/${file}`, 'it has another size than the first', 'read it alone');
    }
    const { header, rows } = parseTable(decodeText(await storage.read(table)), where);
    // The first epochs call the column `frame`, the others `frame_index`.
    const frameField = header.includes('frame_index') ? 'frame_index' : 'frame';
    const start = (time.at(-1) ?? -1) + 1;
    let first: number | undefined;
    let lastLine = -1;
    let beyond = 0;
    for (const row of rows) {
      const parsed = bad.try(() => ({
        stamp: row.number('ts_micro') / 1e6,
        frame: row.number(frameField),
        wheel: row.number('wheel'),
      }));
      if (parsed === undefined) continue;
      // Some videos are shorter than their tables.
      if (parsed.frame >= video.times.length) {
        beyond++;
        continue;
      }
      first ??= parsed.stamp;
      if (row.line !== lastLine + 1) breaks.push(time.length);
      lastLine = row.line;
      time.push(start + parsed.stamp - first);
      degrees.push(parsed.wheel);
      places.push({ video, frame: parsed.frame });
    }
    if (beyond > 0) notes.push(`${table}: rows beyond the end of its video, left out: ${beyond}`);
  }
  if (size === undefined || time.length === 0) {
    throw new Refusal('bad-recording', storage.name, 'there is no epoch with samples', 'add tables with their videos');
  }
  const times = Float64Array.from(time);
  const centre: FrameLoader = {
    has: () => true,
    load: (index) => places[index]!.video.frame(places[index]!.frame, times[index]!),
  };
  return createRecording({
    metadata: {
      format: 'deeptesla',
      name: storage.name,
      rate: meanRate(times, 30),
      timeSource: 'recorded',
      cameras: { centre: size },
      conversions: [
        {
          column: 'steeringAngle',
          field: 'wheel',
          unit: 'degrees of the steering wheel, right positive',
          factor: -RADIANS_PER_DEGREE,
          note: "the sign follows from the authors' visualiser",
        },
      ],
    },
    columns: {
      time: times,
      steeringAngle: Float64Array.from(degrees, (wheel) => -wheel * RADIANS_PER_DEGREE + 0),
      'source.wheel': Float64Array.from(degrees),
    },
    cameras: { centre },
    breaks,
    skipped: bad.skipped,
    notes,
    close: async () => {
      for (const video of videos) await video.close();
      await storage.close();
    },
  });
}
