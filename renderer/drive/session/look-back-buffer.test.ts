import { describe, expect, it } from 'vitest';
import { createVehicleState, type VehicleState } from '../../../sim/vehicle/state.ts';
import { LookBackBuffer } from './look-back-buffer.ts';
import { type Commands, type Moment, NO_COMMANDS } from './moment.ts';

const at = (x: number) => ({ ...createVehicleState(), x });
const command = (speed: number) => ({ ...NO_COMMANDS, driver: { steeringAngle: 0, speed, torque: 0 } });

const moment = (time: number, state: VehicleState, commands: Commands): Moment => ({
  time,
  state,
  commands,
  lateralError: 0,
  progress: 0,
  others: [],
});

describe('LookBackBuffer', () => {
  const trace = new LookBackBuffer();
  for (let i = 0; i < 100; i++) trace.add(moment(i * 0.05, at(i < 60 ? i : i + 500), command(i)));

  it('finds any moment, and what was asked for then', () => {
    expect(trace.end).toBeCloseTo(4.95, 12);
    expect(trace.stateAt(1.025).x).toBeCloseTo(20.5, 9);
    expect(trace.momentAt(1.03)?.commands.driver?.speed).toBe(20);
    expect(trace.stateAt(-3).x).toBe(0);
    expect(trace.stateAt(99).x).toBe(599);
  });

  it('does not glide over a place where the car was put back', () => {
    expect(trace.stateAt(59.5 * 0.05).x).toBe(59);
  });

  it('is empty after it was cleared', () => {
    const empty = new LookBackBuffer();
    empty.add(moment(1, at(3), NO_COMMANDS));
    empty.clear();
    expect([empty.end, empty.momentAt(1)]).toEqual([0, undefined]);
  });
});
