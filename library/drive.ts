import type { DrivenEpisode } from '../evaluation/drive/drive-episode.ts';
import type { OpenDriverOptions } from '../headless/work/drivers/open-driver.ts';
import { type DriveHereOptions, driveHere } from '../headless/work/driving/drive-here.ts';
import type { Recorded } from '../headless/work/recording/record-episode.ts';
import { type RecordHereOptions, recordHere } from '../headless/work/recording/record-here.ts';
import { openTrackOrFile } from '../headless/work/tracks/open-track-or-file.ts';
import type { Track } from '../sim/track/track.ts';
import { type DriverChoice, withDriver } from './driver.ts';

/** On which road, and with whom at the wheel. */
interface RoadAndDriver extends Pick<OpenDriverOptions, 'backend'> {
  /** A road, or what `openTrack` takes. */
  readonly track: string | Track;
  /** Default `expert`. */
  readonly driver?: DriverChoice;
}

/** What is driven: road, driver, and what may be chosen of the drive. */
export type DriveEpisodeOptions = RoadAndDriver & Omit<DriveHereOptions, 'track' | 'driver'>;

/** What is recorded, and where it goes. */
export type RecordEpisodeOptions = RoadAndDriver & Omit<RecordHereOptions, 'track' | 'driver'>;

/**
 * Drives one episode and scores it against the expert on the same road, as `wheelhouse drive` does.
 * @returns `result`: scores by name, seconds, state hash; `trace`: the drive tick by tick; `frames`: a few of them
 * @throws Refusal when road, driver or conditions do not exist; the signal's reason when aborted
 */
export async function driveEpisode(options: DriveEpisodeOptions): Promise<DrivenEpisode> {
  const { track, driver = 'expert', backend, ...choices } = options;
  const road = await roadOf(track);
  return withDriver(driver, { ...(backend && { backend }) }, (opened) =>
    driveHere({ ...choices, track: road, driver: opened }),
  );
}

/**
 * Drives one episode and records what the cameras saw, what the expert would have done and the car's state into the folder
 * `out`, as `wheelhouse record` does. A driver that was opened with `openDriver` needs its option `cameras: true`.
 * @throws Refusal when road, driver or conditions do not exist, the folder holds a recording, or nothing here can draw
 */
export async function recordEpisode(options: RecordEpisodeOptions): Promise<Recorded> {
  const { track, driver = 'expert', backend, ...choices } = options;
  const road = await roadOf(track);
  return withDriver(driver, { cameras: true, ...(backend && { backend }) }, (opened) =>
    recordHere({ ...choices, track: road, driver: opened }),
  );
}

async function roadOf(track: string | Track): Promise<Track> {
  return typeof track === 'string' ? openTrackOrFile(track) : track;
}
