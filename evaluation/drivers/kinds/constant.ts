import type { Driver } from '../../../sim/drivers/driver.ts';
import { Refusal } from '../../../sim/refusal.ts';
import type { DriverKind } from '../driver-kind.ts';

/** Nothing on a road is quicker [m/s]. */
const FASTEST = 100;

/**
 * Goes straight ahead at one speed without looking: the yardstick that says what a score is worth. `constant:0` stands,
 * `constant:1` crawls.
 */
export const CONSTANT: DriverKind = {
  name: 'constant',
  label: 'Constant',
  hint: 'straight ahead',
  description: 'goes straight ahead at this speed without looking; a yardstick that no good driver may come near',
  argument: '<m/s>',
  needs: [],
  check: (argument) => void speedOf(argument),
  async prepare(argument) {
    const speed = speedOf(argument);
    const name = `constant:${speed}`;
    return {
      name,
      identity: { path: name, digest: null },
      open: async () => ({ createDriver: () => createConstant(name, speed) }),
    };
  },
};

function createConstant(name: string, speed: number): Driver {
  const command = { steeringAngle: 0, speed, torque: 0 };
  return { name, needsFrames: false, start() {}, drive: () => command };
}

function speedOf(argument: string): number {
  const speed = /^\d+(\.\d+)?$/.test(argument) ? Number(argument) : Number.NaN;
  if (speed <= FASTEST) return speed;
  const mend = `write it as constant:3, with a speed from 0 to ${FASTEST} m/s`;
  throw new Refusal('bad-driver', `driver constant:${argument}`, 'this is no speed', mend);
}
