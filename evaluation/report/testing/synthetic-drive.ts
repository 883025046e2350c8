import type { EpisodeResult, Evaluation } from '../../files/evaluation.ts';
import { metricVersions } from '../../metrics/scores.ts';
import { type TraceTick, traceOf } from '../../trace/drive-trace.ts';
import type { EpisodePictures, EvaluationReportInput, Point } from '../episode-pictures.ts';

/** Radius of the ring road that synthetic drives go round [m]. */
export const RADIUS = 100;
const RATE = 20;
const SPEED = 10;

/** What a report shows of one drive, and the road that it names. */
export interface SyntheticDrive extends EpisodePictures {
  readonly track: string;
}

/** A drive round a ring, counter-clockwise, swinging about the middle of the lane with that amplitude [m]. */
export function syntheticDrive(options: {
  track?: string;
  seconds?: number;
  swing?: number;
  interventions?: readonly number[];
  frames?: number;
  frameBytes?: number;
}): SyntheticDrive {
  const { track = 'ring', seconds = 60, swing = 0.5, interventions = [], frames = 4, frameBytes = 300 } = options;
  const ticks = Array.from({ length: seconds * RATE }, (_, i): TraceTick => {
    const time = i / RATE;
    const angle = (time * SPEED) / RADIUS;
    const lateralError = swing * Math.sin(time);
    const [x, y] = onRing(angle, RADIUS - lateralError);
    const [steeringAngle, torque] = [0.3 + 0.1 * Math.cos(time), 1 + Math.cos(time)];
    return {
      ...{ time, x, y, lateralError, steeringAngle, torque, speed: SPEED, actualSpeed: SPEED - 0.2 },
      ...{ expertSteeringAngle: 0.3, expertSpeed: SPEED, expertTorque: 1, referenceSpeed: SPEED },
      ...{ yaw: angle + Math.PI / 2, steeringWheelAngle: 0.3, progress: time * SPEED },
    };
  });
  const putBack = interventions.map((time) => {
    const { x, y } = ticks[Math.round(time * RATE)]!;
    return { time, x, y, lateralError: 1.02 };
  });
  return {
    track,
    road: { centre: ring(RADIUS), left: ring(RADIUS - 4), right: ring(RADIUS + 4), closed: true },
    trace: traceOf(ticks, putBack),
    frames: Array.from({ length: frames }, (_, i) => ({
      time: (i * seconds) / frames,
      mime: 'image/png',
      bytes: new Uint8Array(frameBytes).fill(i),
    })),
  };
}

/** An evaluation of such drives. */
export function syntheticInput(
  drives: readonly SyntheticDrive[],
  changes: Partial<Evaluation> = {},
): EvaluationReportInput {
  const episodes = drives.map(({ track, trace }, i): EpisodeResult => {
    const simulatedSeconds = trace.length / RATE;
    const interventions = trace.interventions.length;
    return {
      ...{ track, seed: i, completed: 1, interventions, simulatedSeconds, wallSeconds: 2 },
      ...{ autonomy: Math.max(0, (1 - (interventions * 6) / simulatedSeconds) * 100), lateralRms: 0.31, speedRms: 0.2 },
      ...{ whiteness: 12.5, whitenessRatio: 1.25, stateHash: `hash-${i}` },
    };
  });
  const seconds = episodes.reduce((sum, one) => sum + one.simulatedSeconds, 0);
  const interventions = episodes.reduce((sum, one) => sum + one.interventions, 0);
  return {
    evaluation: {
      ...{ model: 'cnn', suite: 'smoke', backend: 'wasm', adapter: 'llvmpipe (vulkan, software rendering)' },
      ...{ metrics: metricVersions(), episodes },
      summary: {
        autonomy: seconds === 0 ? 100 : Math.max(0, (1 - (interventions * 6) / seconds) * 100),
        ...{ completed: 1, interventions, realTimeFactor: 30 },
      },
      ...changes,
    },
    pictures: drives,
  };
}

function onRing(angle: number, radius: number): [number, number] {
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
}

function ring(radius: number): Point[] {
  return Array.from({ length: 180 }, (_, i) => onRing((i * Math.PI) / 90, radius));
}
