import type { Command } from '../../sim/command.ts';
import type { Driver } from '../../sim/drivers/driver.ts';
import type { Policy } from './policy.ts';

/**
 * A driver that answers with what a policy says to the `centre` camera's frames (or the only camera's).
 *
 * When a frame is dropped it repeats its last command; before the first frame it holds the measured speed, hands still.
 * @param name e.g. the model's folder
 * @param policy is the driver's own from now on: it is disposed of with it
 */
export function createModelDriver(name: string, policy: Policy): Driver {
  let last: Command | undefined;
  const forget = (): void => {
    policy.reset();
    last = undefined;
  };
  return {
    name,
    needsFrames: true,
    takesDrawn: (surface) => policy.takesDrawn?.(surface) === true,
    start: forget,
    relocated: forget,
    async drive({ frames, drawn = {}, speed }) {
      const frame = drawn.centre ?? frames.centre ?? Object.values(drawn)[0] ?? Object.values(frames)[0];
      if (frame === undefined) return last ?? { steeringAngle: 0, speed, torque: 0 };
      last = await policy.step(frame, speed);
      return last;
    },
    dispose: () => policy.dispose(),
  };
}
