import type { DriverKind } from '../driver-kind.ts';

/** A sample driver: its wheel stands to one side and to the other in turn. */
export const PULSE: DriverKind = {
  name: 'pulse',
  label: 'Pulse',
  hint: 'left, right',
  description: 'turns the wheel to one side and to the other in turn',
  argument: '<rad>',
  needs: [],
  async prepare(argument) {
    const name = `pulse:${argument}`;
    const angle = Number(argument);
    const createDriver = () => ({
      name,
      needsFrames: false,
      start() {},
      drive: ({ time }: { time: number }) => ({ steeringAngle: time % 2 < 1 ? angle : -angle, speed: 5, torque: 0 }),
    });
    return { name, identity: { path: name, digest: null }, open: async () => ({ createDriver }) };
  },
};
