import { driveEpisode } from '../../../evaluation/drive/drive-episode.ts';
import { driveSuite } from '../../../evaluation/drive/drive-suite.ts';
import { CONTROL_PERIOD } from '../../../sim/episode/spec.ts';
import { openTrack } from '../../../sim/track/catalogue.ts';
import { createVehicleState } from '../../../sim/vehicle/state.ts';
import type { OpenedDriver } from '../../work/drivers/open-driver.ts';
import { openSuite } from '../../work/suites/open-suite.ts';

/** How quickly the world runs. */
export interface WorldSpeed {
  /** Frames drawn and read back a second, one after the other. */
  readonly renderRate: number;
  /** Control ticks of the closed loop a second: frame, network, physics. */
  readonly loopRate: number;
  /** The same as multiples of real time, at 20 Hz. */
  readonly renderRealTime: number;
  readonly loopRealTime: number;
  /** The loop with two episodes under way, as evaluations run: one computes while the other waits for its frame. */
  readonly pairRealTime: number;
}

/** Metres that a backend drives when only its closed loop is timed: on a software adapter webgpu takes its time. */
const SHORT_ROUTE = 60;

/**
 * The closed loop with the backend that is current now.
 * @returns multiple of real time
 */
export async function timeLoop(opened: OpenedDriver): Promise<number> {
  const spec = { ...(await openSuite('smoke')).episodes[2]!, route: SHORT_ROUTE };
  const track = openTrack(spec.track);
  const mounted = await opened.cameras!.mount(track, spec.conditions);
  const { result } = await driveEpisode({ track, spec, driver: opened.createDriver(), cameras: mounted.sources });
  mounted.dispose();
  return result.simulatedSeconds / result.wallSeconds;
}

/**
 * Times a full scene at the default camera size on an episode of the smoke suite.
 * @param frames how many frames are drawn for the first figure
 */
export async function timeWorld(opened: OpenedDriver, frames = 200): Promise<WorldSpeed> {
  const spec = { ...(await openSuite('smoke')).episodes[2]!, route: 300 };
  const track = openTrack(spec.track);
  const mounted = await opened.cameras!.mount(track, spec.conditions);
  const { centre } = mounted.sources;
  const places = Array.from({ length: frames }, (_, i) => track.pointAt((i * track.length) / frames));
  const begun = performance.now();
  for (const { x, y, heading } of places) {
    await centre!.capture({ ...createVehicleState(), x, y, yaw: heading }, 0, []);
  }
  const renderRate = (1000 * frames) / (performance.now() - begun);
  const { result } = await driveEpisode({ track, spec, driver: opened.createDriver(), cameras: mounted.sources });
  mounted.dispose();
  const loopRealTime = result.simulatedSeconds / result.wallSeconds;
  const pair = await driveSuite({
    suite: { name: 'bench', description: '', episodes: [spec, { ...spec, seed: spec.seed + 1 }] },
    createDriver: opened.createDriver,
    cameras: opened.cameras!,
    parallel: 2,
  });
  return {
    renderRate,
    loopRate: loopRealTime / CONTROL_PERIOD,
    renderRealTime: renderRate * CONTROL_PERIOD,
    loopRealTime,
    pairRealTime: pair.summary.realTimeFactor,
  };
}
