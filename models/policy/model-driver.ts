import type { Command } from '../../sim/command.ts';
import type { Driver } from '../../sim/drivers/driver.ts';
import type { Network } from '../network/network.ts';
import { createPolicy } from './policy.ts';

/**
 * A driver that answers with what a network says to the `centre` camera's frames (or the only camera's).
 *
 * When a frame is dropped it repeats its last command; before the first frame it holds the measured speed, hands still.
 * @param name e.g. the model's folder
 * @throws Refusal for a network of a kind that cannot drive
 */
export function createModelDriver(name: string, network: Network): Driver {
  const policy = createPolicy(network);
  let last: Command | undefined;
  const forget = (): void => {
    policy.reset();
    last = undefined;
  };
  return {
    name,
    needsFrames: true,
    start: forget,
    relocated: forget,
    async drive({ frames, speed }) {
      const frame = frames.centre ?? Object.values(frames)[0];
      if (frame === undefined) return last ?? { steeringAngle: 0, speed, torque: 0 };
      last = await policy.step(frame, speed);
      return last;
    },
    dispose: () => policy.dispose(),
  };
}
