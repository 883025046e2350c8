import type { Command } from '../command.ts';
import { wayAhead } from '../traffic/lane.ts';
import type { RoadUser } from '../traffic/traffic-car.ts';
import type { ExpertKnowledge } from './expert-command.ts';

/** Time in which the car answers a changed speed: the driver's own, and lag of controller and engine [s]. */
const REACTION = 1.2;
/** Distance from bumper to bumper in a queue [m]. */
const STANDING_GAP = 3;
/** Braking that is counted on, on dry asphalt [m/s²]. */
const BRAKING = 2.5;
/** Who is this much beside our path is not in the way [m]. */
const BESIDE = 0.4;
/** Nobody farther away matters [m]. */
const SIGHT = 150;

/**
 * The speed from which one still stops behind a car ahead that brakes equally hard: `-b t + sqrt(b² t² + u² + 2 b g)`
 * (P. G. Gipps: A behavioural car-following model for computer simulation, Transportation Research B 15, 1981).
 * @param gap from bumper to bumper [m]
 * @param speedAhead u, of the car ahead, not negative [m/s]
 * @param braking b, positive [m/s²]
 * @returns [m/s], not negative
 */
export function safeSpeed(gap: number, speedAhead: number, braking = BRAKING): number {
  const delay = braking * REACTION;
  const room = Math.max(0, gap - STANDING_GAP);
  return Math.max(0, Math.sqrt(delay * delay + speedAhead * speedAhead + 2 * braking * room) - delay);
}

/**
 * The command, slower where a car ahead on our path asks for it.
 * @param s arc length of our car [m]
 * @param friction of the road, 1 is dry asphalt
 */
export function keepDistance(
  { path, vehicle }: ExpertKnowledge,
  command: Command,
  s: number,
  others: readonly RoadUser[],
  friction = 1,
): Command {
  const { track } = path;
  let speed = command.speed;
  for (const other of others) {
    const aside = Math.abs(other.lateral - track.laneCentre(other.s));
    if (other.speed < 0 || aside > (vehicle.width + other.width) / 2 + BESIDE) continue;
    const way = wayAhead(track, 1, s, other.s);
    if (way < 0 || way > SIGHT) continue;
    const gap = way - (vehicle.length + other.length) / 2;
    speed = Math.min(speed, safeSpeed(gap, other.speed, BRAKING * Math.min(1, friction)));
  }
  return speed === command.speed ? command : { ...command, speed };
}
