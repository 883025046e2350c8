import { Refusal } from '../../../sim/refusal.ts';
import type { Recording } from '../../recording/recording.ts';
import { usualStep } from '../../recording/segments.ts';
import type { RecordingExporter } from '../../writing/exporter.ts';
import { inventedValues, lostColumns, pictureLosses, TimeLosses } from '../../writing/losses.ts';
import { ONLY_JPEG, picturedSamples } from '../../writing/samples.ts';
import { TextFile } from '../../writing/text-file.ts';
import { METRES_PER_SECOND_PER_MPH, RADIANS_PER_DEGREE } from '../format.ts';
import { steeringShare } from '../steering-share.ts';

const LOG = 'driving_log.csv';
const HEADER = 'center,left,right,steering,throttle,brake,speed';
const CAMERAS = { centre: 'center', left: 'left', right: 'right' } as const;
const FULL_STEERING = 25 * RADIANS_PER_DEGREE;
/** A gap that time alone does not show is given this many usual steps, so that it is one for every reader. */
const GAP_WRITTEN = 10;

/** Udacity simulator: seven fields, dot decimals, relative `IMG/` paths with forward slashes, which all readers take. */
export const udacitySimulatorExporter: RecordingExporter = {
  name: 'udacity-simulator',
  title: 'Udacity simulator (driving_log.csv)',
  resumable: true,
  async export(recording, storage, codec, options) {
    const centre = 'centre' in recording.cameras ? 'centre' : Object.keys(recording.cameras)[0];
    if (centre === undefined) throw refuse(recording, 'it has no camera', 'use a recording with images');
    const speed = recording.columns.speed ?? recording.columns.measuredSpeed;
    if (speed === undefined && options.assumedSpeed === undefined) {
      throw refuse(recording, 'it has no speed, and this format must have one', 'give a speed to assume');
    }
    const steering = steeringShare(recording, 'steering', FULL_STEERING, options);
    const skipped = [...recording.skipped];
    const clock = new NameClock(recording);
    const log = await TextFile.start(storage, LOG);
    let samples = 0;
    let left = false;
    try {
      if (options.header !== false) await log.line(HEADER);
      const given = picturedSamples(recording, codec, ONLY_JPEG, options, skipped, options);
      for await (const { index, gap, pictures } of given) {
        const stamp = clock.next(index, gap || left);
        left = false;
        try {
          const value = (name: string) => recording.columns[name]?.[index] || 0;
          const mps = speed?.[index] ?? options.assumedSpeed!;
          if (pictures[centre] === undefined)
            throw refuse(recording, `sample ${index} has no centre picture`, 'leave it out');
          if (Number.isNaN(mps)) throw refuse(recording, `sample ${index} has no speed`, 'leave it out');
          const share = steering.of(index);
          const names: string[] = [];
          for (const [camera, label] of Object.entries(CAMERAS)) {
            const picture = pictures[camera === 'centre' ? centre : camera];
            const name = picture === undefined ? '' : `IMG/${label}_${stamp}.jpg`;
            names.push(name);
            if (picture) await storage.write(name, picture.bytes);
          }
          const numbers = [share, value('throttle'), value('brake'), mps / METRES_PER_SECOND_PER_MPH];
          await log.line([...names, ...numbers].join(','));
          samples++;
          options.onWritten?.(samples);
        } catch (error) {
          if (!(options.skipBad && error instanceof Refusal)) throw error;
          skipped.push(error.message);
          left = true;
        }
      }
    } finally {
      await log.close();
    }
    const lost = [
      ...lostColumns(recording, ['time', 'steeringAngle', 'speed', 'throttle', 'brake']),
      ...steering.losses(),
      ...clock.losses.lines('whole milliseconds, each later than the one before, and gaps that show'),
      ...inventedValues(recording, ['throttle', 'brake']),
      ...(speed === undefined ? [`speed: ${options.assumedSpeed} m/s is assumed for all samples`] : []),
      ...(await pictureLosses(recording, ONLY_JPEG)),
      ...otherCameras(recording, centre),
    ];
    return { samples, skipped, lost, complete: true };
  },
};

/** Cameras that the log has no field for. */
function otherCameras({ cameras }: Recording, centre: string): string[] {
  const others = Object.keys(cameras).filter((camera) => camera !== centre && !(camera in CAMERAS));
  return others.map((camera) => `pictures of ${camera}: the format has no place for them`);
}

function refuse(recording: Recording, what: string, mend: string): Refusal {
  return new Refusal('cannot-export', recording.metadata.name, what, mend);
}

/** Times for file names, in whole milliseconds, each later than the one before. */
class NameClock {
  readonly losses = new TimeLosses();
  readonly #time: Float64Array;
  readonly #step: number;
  readonly #start: number;
  #shift = 0;
  #last = -1;

  constructor(recording: Recording) {
    this.#time = recording.columns.time;
    this.#step = Math.round(1000 * (usualStep(this.#time) || 1 / recording.metadata.rate));
    const created = Date.parse(recording.metadata.createdAt ?? '');
    this.#start = Number.isNaN(created) ? Date.UTC(2000, 0, 1) : created;
  }

  next(index: number, gap: boolean): string {
    const own = Math.round(1000 * (this.#time[index]! - this.#time[0]!));
    const earliest = this.#last + (gap ? GAP_WRITTEN * this.#step : 1);
    if (this.#last >= 0) this.#shift = Math.max(this.#shift, earliest - own);
    this.#last = own + this.#shift;
    this.losses.add(this.#time[index]! - this.#time[0]!, this.#last / 1000);
    const text = new Date(this.#start + this.#last).toISOString();
    return text.replace('Z', '').replaceAll(/[-T:.]/g, '_');
  }
}
