import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createStream } from '../random/stream.ts';
import { Car, type CarDemand, holdingTorque, type Surroundings, steadySteeringWheelAngle } from './car.ts';
import type { VehicleState } from './state.ts';
import { DEFAULT_CAR, VEHICLES } from './vehicles.ts';

const DT = 1 / 200;
const DRY: Surroundings = { friction: 1 };

function straight(speed: number, vehicle = DEFAULT_CAR): Car {
  const car = new Car(vehicle);
  car.reset({ x: 0, y: 0, yaw: 0, speed });
  return car;
}

function holdAngle(steeringAngle: number, speed: number): CarDemand {
  return { actuation: 'angle', steeringAngle, torque: 0, speed };
}

function holdTorque(torque: number, speed: number): CarDemand {
  return { actuation: 'torque', steeringAngle: 0, torque, speed };
}

function drive(car: Car, seconds: number, demand: CarDemand, surroundings = DRY, dt = DT): VehicleState {
  for (let i = 0; i < Math.round(seconds / dt); i++) car.step(dt, demand, surroundings);
  return car.state;
}

function curvature(state: VehicleState): number {
  return state.yawRate / Math.sqrt(state.speed * state.speed + state.lateralSpeed * state.lateralSpeed);
}

describe('in a left turn', () => {
  const state = drive(straight(12), 1.5, holdAngle(0.6, 12));

  it('everything that should be positive is', () => {
    for (const field of [
      'steeringWheelAngle',
      'roadWheelAngle',
      'yawRate',
      'yaw',
      'y',
      'lateralAcceleration',
    ] as const) {
      expect(state[field]).toBeGreaterThan(0);
    }
  });

  it('the hands pull left and the tyres push back right', () => {
    expect(state.handTorque).toBeGreaterThan(0.5);
    expect(state.aligningTorque).toBeLessThan(-0.5);
  });

  it('lateral acceleration is speed times yaw rate, and the road wheel follows the ratio', () => {
    const total = state.speed * state.speed + state.lateralSpeed * state.lateralSpeed;
    expect(state.lateralAcceleration).toBeCloseTo(state.yawRate * Math.sqrt(total), 1);
    expect(state.roadWheelAngle).toBeCloseTo(state.steeringWheelAngle / DEFAULT_CAR.steeringRatio, 12);
    expect(Math.atan2(state.lateralSpeed, state.speed)).toBeCloseTo(state.slipAngle, 12);
  });
});

describe('steady bends', () => {
  // Longitudinal slip of the driven wheels, which the feed-forward leaves out, costs some curvature at high speed.
  it.each(
    VEHICLES.flatMap((vehicle) =>
      [
        [2, 0.08],
        [5, 0.05],
        [10, 0.03],
        [15, -0.015],
        [25, 0.005],
        [30, -0.003],
      ].map(([speed, bend]) => ({ vehicle, name: vehicle.name, speed: speed!, bend: bend! })),
    ),
  )('the $name at $speed m/s settles on $bend 1/m by angle, and by holding torque', ({ vehicle, speed, bend }) => {
    const angle = steadySteeringWheelAngle(vehicle, speed, bend);
    const byAngle = drive(straight(speed, vehicle), 8, holdAngle(angle, speed));
    expect(Math.abs(curvature(byAngle) / bend - 1)).toBeLessThan(0.025);

    // Tyres hardly push back at walking pace: there is no torque that holds an angle.
    if (speed < 5) return;
    const frictionless = { ...vehicle, column: { ...vehicle.column, friction: 0 } };
    const torque = holdingTorque(vehicle, speed, angle);
    const byTorque = drive(straight(speed, frictionless), 25, holdTorque(torque, speed));
    expect(Math.abs(byTorque.steeringWheelAngle / angle - 1)).toBeLessThan(0.03);
    expect(Math.abs(curvature(byTorque) / curvature(byAngle) - 1)).toBeLessThan(0.03);
    expect(byTorque.handTorque).toBe(torque);

    const withFriction = drive(straight(speed, vehicle), 25, holdTorque(torque, speed));
    expect(Math.abs(withFriction.aligningTorque + torque)).toBeLessThan(1.05 * vehicle.column.friction);
  });

  it('starts in one', () => {
    const car = new Car(DEFAULT_CAR);
    const angle = steadySteeringWheelAngle(DEFAULT_CAR, 18, 0.012);
    car.reset({ x: 3, y: -2, yaw: 1, speed: 18, roadWheelAngle: angle / DEFAULT_CAR.steeringRatio });
    expect(car.state.yawRate).toBeCloseTo(18 * 0.012, 9);
    const before = { ...car.state };
    drive(car, 0.5, holdAngle(angle, 18));
    expect(car.state.yawRate).toBeCloseTo(before.yawRate, 2);
    expect(car.state.slipAngle).toBeCloseTo(before.slipAngle, 2);
    expect(car.state.steeringWheelAngle).toBeCloseTo(angle, 2);
  });
});

describe('actuation', () => {
  it('can be blended: half the torque of the hands and half of the servo', () => {
    const [servo, hands, both] = [straight(15), straight(15), straight(15)];
    for (const car of [servo, hands, both]) drive(car, 2, holdAngle(0.3, 15));
    servo.step(DT, holdAngle(0.35, 15), DRY);
    hands.step(DT, holdTorque(2, 15), DRY);
    both.step(DT, { ...holdAngle(0.35, 15), torque: 2, torqueShare: 0.5 }, DRY);
    expect(both.state.handTorque).toBeCloseTo((servo.state.handTorque + hands.state.handTorque) / 2, 12);
  });

  it.each([5, 12, 20, 30])('by torque that changes 20 times a second holds an angle at %i m/s', (speed) => {
    const angle = steadySteeringWheelAngle(DEFAULT_CAR, speed, 1.5 / (speed * speed));
    const torque = holdingTorque(DEFAULT_CAR, speed, angle);
    const car = straight(speed);
    for (let tick = 0; tick < 100; tick++) {
      drive(car, 0.05, holdTorque(torque + 10 * (angle - car.state.steeringWheelAngle), speed));
      if (tick < 30) continue;
      expect(Math.abs(car.state.steeringWheelAngle - angle)).toBeLessThan(0.02);
      expect(Math.abs(car.state.steeringWheelRate)).toBeLessThan(0.05);
    }
  });

  it('by torque is bounded by what hands can do', () => {
    expect(drive(straight(15), 0.1, holdTorque(99, 15)).handTorque).toBe(DEFAULT_CAR.maxTorque);
  });
});

describe('hands free', () => {
  it.each([8, 15, 25, 35])('the wheel returns to the centre at %i m/s, down to what friction holds', (speed) => {
    const angle = steadySteeringWheelAngle(DEFAULT_CAR, speed, 2 / (speed * speed));
    const car = new Car(DEFAULT_CAR);
    car.reset({ x: 0, y: 0, yaw: 0, speed, roadWheelAngle: angle / DEFAULT_CAR.steeringRatio });
    const state = drive(car, 10, holdTorque(0, speed));
    expect(Math.abs(state.steeringWheelAngle)).toBeLessThan(0.15 * angle);
    expect(Math.abs(state.aligningTorque)).toBeLessThan(1.05 * DEFAULT_CAR.column.friction);
    expect(state.handTorque).toBe(0);
  });
});

describe('speed', () => {
  it('is reached and held, then the car stops and stays', () => {
    const car = straight(0);
    drive(car, 15, holdAngle(0, 20));
    expect(car.state.speed).toBeCloseTo(20, 1);
    drive(car, 15, holdAngle(0, 0));
    const { x } = car.state;
    expect(car.state.speed).toBe(0);
    drive(car, 5, holdAngle(1, 0));
    expect(car.state.x).toBe(x);
  });

  it('changes within the limits', () => {
    const car = straight(0);
    let [most, least] = [0, 0];
    for (let i = 0; i < 4000; i++) {
      car.step(DT, holdAngle(0, i < 2000 ? 30 : 0), DRY);
      most = Math.max(most, car.state.acceleration);
      least = Math.min(least, car.state.acceleration);
    }
    expect(most).toBeLessThan(DEFAULT_CAR.maxAcceleration * 1.02);
    expect(most).toBeGreaterThan(DEFAULT_CAR.maxAcceleration * 0.85);
    expect(-least).toBeLessThan(DEFAULT_CAR.maxDeceleration * 1.02);
    expect(-least).toBeGreaterThan(DEFAULT_CAR.maxDeceleration * 0.85);
  });

  it('never gains energy while braking through a slalom', () => {
    const car = straight(30);
    const { mass, yawInertia } = DEFAULT_CAR;
    let last = Number.POSITIVE_INFINITY;
    for (let i = 0; i < 900 && car.state.speed > 3; i++) {
      car.step(DT, holdAngle(i % 300 < 150 ? 0.4 : -0.4, 0), DRY);
      const { speed, lateralSpeed, yawRate } = car.state;
      const energy = 0.5 * (mass * (speed * speed + lateralSpeed * lateralSpeed) + yawInertia * yawRate * yawRate);
      expect(energy).toBeLessThan(last);
      last = energy;
    }
  });

  it('never gains energy while a spin ends, on whatever friction', () => {
    const stream = createStream(1, 'spins');
    let [spins, mostGained] = [0, 0];
    for (let run = 0; run < 60; run++) {
      const car = straight(stream.uniform(15, 40), stream.pick(VEHICLES));
      const { mass, yawInertia, wheelInertia } = car.parameters;
      const friction = stream.uniform(0.2, 0.8);
      for (let i = 0; i < 3; i++) drive(car, 1, holdAngle(stream.uniform(-8, 8), 30), { friction });
      if (Math.abs(car.state.slipAngle) > 1) spins++;
      const numbers = new Float64Array(car.stateLength);
      const steering = stream.uniform(-8, 8);
      let last = Number.POSITIVE_INFINITY;
      for (let i = 0; i < 1200; i++) {
        car.step(DT, holdAngle(steering, 0), { friction });
        car.writeState(numbers, 0);
        const [v, r, front, rear] = [numbers[3]!, numbers[5]!, numbers[7]!, numbers[8]!];
        const energy = 0.5 * (mass * v * v + yawInertia * r * r + wheelInertia * (front * front + rear * rear));
        // The engine needs a moment to let go.
        if (i > 60) mostGained = Math.max(mostGained, energy - last);
        last = energy;
      }
    }
    expect(mostGained).toBe(0);
    expect(spins).toBeGreaterThan(3);
  });
});

describe('surroundings', () => {
  it('friction bounds the lateral acceleration', () => {
    const peak = (friction: number) => {
      const car = straight(18);
      let most = 0;
      for (let i = 0; i < 600; i++) {
        car.step(DT, holdAngle(4, 18), { friction });
        most = Math.max(most, car.state.lateralAcceleration);
      }
      return most;
    };
    const { pDy1 } = DEFAULT_CAR.tyre;
    expect(peak(1)).toBeLessThan(1.05 * pDy1 * 9.81);
    expect(peak(1)).toBeGreaterThan(0.85 * pDy1 * 9.81);
    expect(peak(0.4)).toBeLessThan(0.4 * 1.05 * pDy1 * 9.81);
    expect(peak(0.4)).toBeGreaterThan(0.4 * 0.85 * pDy1 * 9.81);
  });

  it('brakes on ice without spinning or locking, and takes the longer for it', () => {
    const distance = (friction: number) => {
      const car = straight(15);
      for (let i = 0; i < 12_000 && car.state.speed > 0.1; i++) {
        car.step(DT, holdAngle(0.05, 0), { friction });
        expect(Math.abs(car.state.slipAngle)).toBeLessThan(0.1);
      }
      return car.state.x;
    };
    expect(distance(0.2)).toBeGreaterThan(2.5 * distance(1));
    expect(distance(0.2)).toBeLessThan((15 * 15) / (2 * 0.2 * 9.81 * 0.6));
  });

  it('a slope to the right and a gust from the left push the car right', () => {
    expect(drive(straight(20), 3, holdAngle(0, 20), { friction: 1, bank: 0.06 }).y).toBeLessThan(-0.1);
    expect(drive(straight(20), 3, holdAngle(0, 20), { friction: 1, bank: -0.06 }).y).toBeGreaterThan(0.1);
    expect(drive(straight(20), 3, holdAngle(0, 20), { friction: 1, wind: { x: 0, y: -12 } }).y).toBeLessThan(-0.2);
  });

  it('a hill and a head wind are made up for, a hill too steep is not', () => {
    expect(drive(straight(15), 6, holdAngle(0, 15), { friction: 1, grade: 0.1 }).speed).toBeCloseTo(15, 1);
    expect(drive(straight(15), 6, holdAngle(0, 15), { friction: 1, wind: { x: -15, y: 0 } }).speed).toBeCloseTo(15, 1);
    expect(drive(straight(15), 6, holdAngle(0, 15), { friction: 0.15, grade: 0.15 }).speed).toBeLessThan(12);
  });

  it('a parked car stays on a hill', () => {
    const state = drive(straight(0), 5, holdAngle(0, 0), { friction: 1, grade: -0.15, bank: 0.05 });
    expect([state.x, state.y, state.speed]).toEqual([0, 0, 0]);
  });
});

describe('integration', () => {
  it('at 200 Hz agrees with ten times smaller steps through steering and braking', () => {
    const run = (dt: number) => {
      const car = straight(20);
      drive(car, 1.5, holdAngle(0.3, 20), DRY, dt);
      drive(car, 1.5, holdAngle(-0.5, 14), DRY, dt);
      drive(car, 3, holdAngle(0.8, 3), DRY, dt);
      return { ...car.state };
    };
    const [coarse, fine] = [run(DT), run(DT / 10)];
    expect(Math.abs(coarse.x - fine.x)).toBeLessThan(0.05);
    expect(Math.abs(coarse.y - fine.y)).toBeLessThan(0.05);
    expect(Math.abs(coarse.yaw - fine.yaw)).toBeLessThan(0.005);
    expect(Math.abs(coarse.speed - fine.speed)).toBeLessThan(0.02);
  });

  it('stays finite and bounded whatever is asked of it', () => {
    const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
    const move = fc.record({
      actuation: fc.constantFrom('angle' as const, 'torque' as const),
      steeringAngle: number(-20, 20),
      torque: number(-50, 50),
      speed: number(0, 60),
      friction: number(0.05, 1.2),
      grade: number(-0.2, 0.2),
      bank: number(-0.15, 0.15),
      wind: fc.record({ x: number(-25, 25), y: number(-25, 25) }),
    });
    fc.assert(
      fc.property(number(0, 50), fc.array(move, { minLength: 1, maxLength: 12 }), (speed, moves) => {
        const car = straight(speed);
        for (const one of moves) drive(car, 0.5, one, one);
        for (const value of Object.values(car.state)) expect(Number.isFinite(value)).toBe(true);
        const { state, parameters } = car;
        expect(Math.abs(state.steeringWheelAngle)).toBeLessThanOrEqual(parameters.maxSteeringWheelAngle);
        expect(Math.abs(state.steeringWheelRate)).toBeLessThanOrEqual(parameters.maxSteeringWheelRate);
        expect(Math.abs(state.handTorque)).toBeLessThanOrEqual(parameters.maxTorque);
        expect(Math.abs(state.yawRate)).toBeLessThan(6);
        expect(Math.abs(state.lateralAcceleration)).toBeLessThan(60);
        expect(state.speed).toBeLessThan(65);
      }),
      { numRuns: 60, seed: 1 },
    );
  });
});

describe('writeState', () => {
  const bytes = (car: Car) => {
    const numbers = new Float64Array(car.stateLength + 3);
    expect(car.writeState(numbers, 2)).toBe(car.stateLength + 2);
    expect([numbers[0], numbers[1], numbers.at(-1)]).toEqual([0, 0, 0]);
    return numbers;
  };
  const wander = (car: Car, from: number, to: number) => {
    for (let i = from; i < to; i++) {
      const actuation = i % 400 < 200 ? ('angle' as const) : ('torque' as const);
      const angle = ((i % 90) - 45) / 60;
      const demand = { actuation, steeringAngle: angle, torque: ((i % 70) - 35) / 20, speed: (i % 1300) / 60 };
      car.step(DT, demand, { friction: 0.8, grade: 0.03, bank: -0.02, wind: { x: 3, y: -2 } });
    }
    return car;
  };

  it('is the same for the same drive, also after another one and beside another car', () => {
    const alone = wander(straight(10), 0, 2000);
    const again = wander(straight(3), 0, 500);
    again.reset({ x: 0, y: 0, yaw: 0, speed: 10 });
    const other = straight(25, VEHICLES[1]);
    for (let i = 0; i < 2000; i++) {
      wander(other, 3 * i, 3 * i + 1);
      wander(again, i, i + 1);
    }
    expect(bytes(again)).toEqual(bytes(alone));
    expect(again.state).toEqual(alone.state);
  });

  it('differs when anything that matters differs', () => {
    const base = straight(10);
    const pulled = straight(10);
    base.step(DT, holdTorque(0, 10), DRY);
    pulled.step(DT, holdTorque(1e-9 + DEFAULT_CAR.column.friction, 10), DRY);
    expect(bytes(pulled)).not.toEqual(bytes(base));
  });

  it('gives the same bits in every engine', () => {
    const numbers = bytes(wander(straight(10), 0, 4000));
    const view = new DataView(new ArrayBuffer(8 * numbers.length));
    for (const [i, value] of numbers.entries()) view.setFloat64(8 * i, value, true);
    expect(bytesToHex(sha256(new Uint8Array(view.buffer)))).toBe(
      'c20c52197c00162bcd346fe958a7ad9f771128772ee9074aac92220da9989246',
    );
  });
});
