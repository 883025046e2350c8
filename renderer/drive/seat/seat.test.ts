import { describe, expect, it } from 'vitest';
import { CLEAR_DAY } from '../../../sim/conditions/conditions.ts';
import { createExpert } from '../../../sim/drivers/expert.ts';
import { Episode } from '../../../sim/episode/episode.ts';
import { openTrack } from '../../../sim/track/catalogue.ts';
import type { ControlDevice, ControlInput } from '../controls/control-input.ts';
import { Hands } from './hands.ts';
import { type Handover, Seat } from './seat.ts';

/** A device that is moved by the test. */
class TestWheel implements ControlDevice {
  input: ControlInput = { steeringAngle: 0, throttle: 0, brake: 0, active: false };
  began: number[] = [];
  read(): ControlInput {
    return this.input;
  }
  begin(angle: number): void {
    this.began.push(angle);
  }
  dispose(): void {}
}

function drive(withExpert: boolean) {
  const hands = new Hands();
  const wheel = new TestWheel();
  hands.device = wheel;
  const handovers: Handover[] = [];
  const seat = new Seat({
    hands,
    driver: withExpert ? createExpert() : null,
    wantsFrames: () => false,
    onHandover: (handover) => handovers.push(handover),
  });
  const track = openTrack('millbrook');
  const spec = { track: track.id, seed: 1, conditions: CLEAR_DAY, route: 1e9, actuation: 'angle' } as const;
  const episode = new Episode({ track, spec, driver: seat, labeller: createExpert(), strayLimit: () => 5 });
  const ticks = async (count: number) => {
    let last = await episode.tick();
    for (let i = 1; i < count; i++) last = await episode.tick();
    return last;
  };
  return { seat, wheel, handovers, ticks };
}

describe('Seat', () => {
  it('lets the driver drive until the person steers, and again when it is given back', async () => {
    const { seat, wheel, handovers, ticks } = drive(true);
    const before = await ticks(100);
    expect(seat.charge).toBe('driver');
    expect(before.command).toEqual(before.label);

    wheel.input = { steeringAngle: 0.3, throttle: 0, brake: 0, active: true };
    const taken = await ticks(1);
    expect(seat.charge).toBe('person');
    expect(taken.command.steeringAngle).toBe(0.3);
    // The wheel is taken as it stands, and the driver's answer is kept for the log.
    expect(wheel.began.at(-1)).toBeCloseTo(taken.state.steeringWheelAngle, 12);
    expect(handovers).toMatchObject([{ to: 'person', time: 5, driverCommand: taken.label! }]);

    // Letting go of the wheel does not give it back.
    wheel.input = { steeringAngle: 0, throttle: 0, brake: 0, active: false };
    await ticks(10);
    expect(seat.charge).toBe('person');

    seat.ask('driver');
    const given = await ticks(1);
    expect(seat.charge).toBe('driver');
    expect(given.command).toEqual(given.label);
    expect(handovers.map((handover) => handover.to)).toEqual(['person', 'driver']);
  });

  it('moves the car by the pedals when the person drives alone, and has nobody to give it to', async () => {
    const { seat, wheel, handovers, ticks } = drive(false);
    wheel.input = { steeringAngle: 0, throttle: 1, brake: 0, active: false };
    const rolling = await ticks(60);
    expect(rolling.state.speed).toBeGreaterThan(3);
    expect(rolling.command.speed).toBeGreaterThan(rolling.state.speed);
    seat.ask('driver');
    await ticks(1);
    expect(seat.charge).toBe('person');
    expect(handovers).toEqual([]);

    wheel.input = { steeringAngle: 0, throttle: 0, brake: 1, active: true };
    const stopped = await ticks(80);
    expect(stopped.command.speed).toBe(0);
    expect(Math.abs(stopped.state.speed)).toBeLessThan(0.3);
  });
});
