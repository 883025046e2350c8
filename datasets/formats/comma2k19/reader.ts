import { Refusal } from '../../../sim/refusal.ts';
import type { CameraMetadata } from '../../recording/metadata.ts';
import { createRecording, type FrameLoader, type Recording } from '../../recording/recording.ts';
import { meanRate } from '../../recording/segments.ts';
import type { FileStorage } from '../../storage/storage.ts';
import { openHevcStream } from '../../video/hevc-stream.ts';
import type { Video } from '../../video/video.ts';
import { BadSamples, badSample } from '../bad-samples.ts';
import { type OpenOptions, RADIANS_PER_DEGREE, type RecordingFormat } from '../format.ts';
import { interpolateAt } from '../time-series.ts';
import { readNpy } from './npy.ts';

const CAN = 'processed_log/CAN';
const FRAME_TIMES = 'global_pose/frame_times';
const VIDEO = 'video.hevc';
const VIDEO_RATE = 20;
/** Labels are not interpolated over longer holes in the log than this [s]. */
const LONGEST_HOLE = 0.2;

/** One segment of comma2k19: NumPy arrays and raw H.265 video. */
export const comma2k19: RecordingFormat = {
  name: 'comma2k19',
  title: 'comma2k19 segment (processed_log, video.hevc)',
  container: true,
  files: ['npy', 'hevc'],
  docs: {
    knownBy: '`processed_log/CAN/steering_angle`, or `video.hevc` with `global_pose`',
    steering: 'degrees of the wheel, left + → π/180',
    others: 'speed m/s',
    times: '`global_pose/frame_times`',
    cameras: 'centre, from raw H.265',
  },
  detect: async (storage) =>
    (await storage.exists(`${CAN}/steering_angle/value`)) ||
    ((await storage.exists(FRAME_TIMES)) && (await storage.exists(VIDEO))),
  open: openSegment,
};

async function openSegment(storage: FileStorage, _codec: unknown, options: OpenOptions): Promise<Recording> {
  if (!(await storage.exists(`${CAN}/steering_angle/value`))) {
    throw new Refusal(
      'no-steering',
      `${storage.name}/${CAN}/steering_angle`,
      'is missing: poses and video do not tell the steering',
      'add processed_log/CAN of this segment',
    );
  }
  const bad = new BadSamples(options.skipBad);
  const angle = await readSeries(storage, `${CAN}/steering_angle`, bad);
  const speedFolder = (await storage.exists(`${CAN}/speed`)) ? 'speed' : 'car_speed';
  const speed = (await storage.exists(`${CAN}/${speedFolder}`))
    ? await readSeries(storage, `${CAN}/${speedFolder}`, bad)
    : undefined;
  const hasVideo = await storage.exists(VIDEO);
  let moments = angle.time;
  let video: Video | undefined;
  const notes: string[] = [];
  if (hasVideo) {
    const frames = await readNpy(storage, FRAME_TIMES);
    checkTimes(frames.data, `${storage.name}/${FRAME_TIMES}`);
    await options.prepareVideo?.();
    video = await openHevcStream(await storage.read(VIDEO), `${storage.name}/${VIDEO}`, VIDEO_RATE);
    moments = frames.data.slice(0, video.times.length);
    const [times, pictures] = [frames.data.length, video.times.length];
    if (times !== pictures) {
      const left = times > pictures ? 'times without a frame' : 'frames without a time';
      notes.push(`${VIDEO}: ${left}, left out: ${Math.abs(times - pictures)}`);
    }
  }
  if (moments.length === 0)
    throw new Refusal('bad-recording', storage.name, 'there is no sample in it', 'use another segment');
  const origin = moments[0]!;
  const time = moments.map((moment) => moment - origin);
  const degrees = interpolateAt(angle.time, angle.value, moments, LONGEST_HOLE);
  const columns: Record<string, Float64Array> & { time: Float64Array } = {
    time,
    steeringAngle: degrees.map((value) => value * RADIANS_PER_DEGREE),
    'source.steering_angle': degrees,
  };
  if (speed !== undefined) {
    columns.speed = interpolateAt(speed.time, speed.value, moments, LONGEST_HOLE);
    columns.measuredSpeed = columns.speed;
  }
  const cameras: Record<string, FrameLoader> = {};
  const about: Record<string, CameraMetadata> = {};
  if (video !== undefined) {
    const { frame, width, height } = video;
    cameras.centre = { has: () => true, load: (index) => frame(index, time[index]!) };
    about.centre = { width, height };
  }
  return createRecording({
    metadata: {
      format: 'comma2k19',
      name: storage.name,
      rate: meanRate(time, VIDEO_RATE),
      timeSource: 'recorded',
      cameras: about,
      conversions: [
        {
          column: 'steeringAngle',
          field: 'steering_angle',
          unit: 'degrees of the steering wheel, left positive',
          factor: RADIANS_PER_DEGREE,
          note: 'interpolated at the times of the frames',
        },
        ...(speed === undefined
          ? []
          : [
              {
                column: 'speed',
                field: speedFolder,
                unit: 'm/s',
                factor: 1,
                note: 'interpolated at the times of the frames',
              },
            ]),
      ],
    },
    columns,
    cameras,
    skipped: bad.skipped,
    notes,
    close: async () => {
      await video?.close();
      await storage.close();
    },
  });
}

/** A log of a message: its values and their times. Values that are no number are bad samples of it, and left out. */
async function readSeries(
  storage: FileStorage,
  folder: string,
  bad: BadSamples,
): Promise<{ time: Float64Array; value: Float64Array }> {
  const time = (await readNpy(storage, `${folder}/t`)).data;
  const { data, shape } = await readNpy(storage, `${folder}/value`);
  const where = `${storage.name}/${folder}`;
  if (shape[0] !== time.length || data.length !== time.length) {
    const what = `${data.length} values at ${time.length} times`;
    throw new Refusal('bad-recording', `${where}/value`, what, 'restore the files');
  }
  checkTimes(time, `${where}/t`);
  const isNumber = (i: number) => {
    if (Number.isFinite(data[i])) return true;
    bad.leaveOut(
      badSample(
        `${where}/value: row ${i}`,
        'is no finite number',
        'restore the file, or skip bad samples (--skip-bad)',
      ),
    );
    return false;
  };
  const left = Array.from(data.keys()).filter(isNumber);
  return { time: Float64Array.from(left, (i) => time[i]!), value: Float64Array.from(left, (i) => data[i]!) };
}

function checkTimes(time: Float64Array, where: string): void {
  const odd = time.findIndex((value, i) => !Number.isFinite(value) || (i > 0 && value < time[i - 1]!));
  if (odd >= 0) throw new Refusal('bad-recording', `${where}: row ${odd}`, 'times must ascend', 'restore the file');
}
