import { describe, expect, it } from 'vitest';
import { openTrack } from '../track/catalogue.ts';
import { openDriveTrack } from '../track/opendrive/track.ts';
import { overlap } from './collision.ts';
import { CALM_FOLLOWING, followingAcceleration } from './follow.ts';
import { wayAhead } from './lane.ts';
import { Traffic } from './traffic.ts';
import { LIGHT_TRAFFIC, type TrafficSpec } from './traffic-spec.ts';

const track = openTrack('country:5');
const EGO = { id: 'ego', s: 0, lateral: track.laneCentre(0), speed: 0, length: 4.5, width: 1.6 };
const PERIOD = 0.05;

function drive(spec: TrafficSpec, seed: number, seconds: number, ego = EGO) {
  const traffic = new Traffic(track, spec, seed);
  for (let tick = 0; tick * PERIOD < seconds; tick++) traffic.step(PERIOD, tick * PERIOD, ego);
  return traffic;
}

describe('the Intelligent Driver Model', () => {
  const { timeGap, standingGap, acceleration, braking } = CALM_FOLLOWING;

  it('keeps its equilibrium: at (s0 + v T) / sqrt(1 - (v/v0)^4) behind an equally quick car nothing changes', () => {
    for (const [speed, desired] of [
      [5, 20],
      [15, 20],
      [19, 20],
    ] as const) {
      const gap = (standingGap + speed * timeGap) / Math.sqrt(1 - (speed / desired) ** 4);
      expect(followingAcceleration(CALM_FOLLOWING, speed, desired, gap, speed)).toBeCloseTo(0, 12);
    }
  });

  it('starts with its acceleration and ends at its desired speed on a free road', () => {
    expect(followingAcceleration(CALM_FOLLOWING, 0, 20, Infinity, 0)).toBe(acceleration);
    expect(followingAcceleration(CALM_FOLLOWING, 20, 20, Infinity, 0)).toBe(0);
    expect(followingAcceleration(CALM_FOLLOWING, 30, 5, Infinity, 0)).toBe(-braking);
  });

  it('brakes kinematically when it closes in: about v²/(2 s) squared over b at high closing speed', () => {
    const speed = 30;
    const gap = 100;
    const wanted = standingGap + speed * timeGap + (speed * speed) / (2 * Math.sqrt(acceleration * braking));
    const expected = acceleration * (1 - (speed / 40) ** 4 - (wanted / gap) ** 2);
    expect(followingAcceleration(CALM_FOLLOWING, speed, 40, gap, 0)).toBeCloseTo(Math.max(-8, expected), 12);
    expect(followingAcceleration(CALM_FOLLOWING, speed, 40, 1, 0)).toBe(-8);
  });
});

describe('overlapping boxes', () => {
  const box = { x: 0, y: 0, yaw: 0, length: 4, width: 2 };

  it.each([
    [3.9, 0, 0, true],
    [4.1, 0, 0, false],
    [0, 1.9, 0, true],
    [0, 2.1, 0, false],
    // Turned by a quarter: half a length and half a width reach.
    [2.9, 0, Math.PI / 2, true],
    [3.1, 0, Math.PI / 2, false],
    // A corner at (sqrt(5) from its middle, turned by 45°) reaches (4+2)/(2 sqrt 2) = 2.12 along x and y.
    [2 + 2.1, 0, Math.PI / 4, true],
    [2 + 2.15, 0, Math.PI / 4, false],
    [0, 1 + 2.1, Math.PI / 4, true],
    [0, 1 + 2.15, Math.PI / 4, false],
    // Diagonally off our corner (2, 1) only the other's own side separates: by half its width or length over sqrt 2.
    [2 + 0.69, 1 + 0.69, -Math.PI / 4, true],
    [2 + 0.73, 1 + 0.73, -Math.PI / 4, false],
    [2 + 1.4, 1 + 1.4, Math.PI / 4, true],
    [2 + 1.43, 1 + 1.43, Math.PI / 4, false],
  ])('at (%d, %d) turned by %d: %s', (x, y, yaw, expected) => {
    const other = { ...box, x, y, yaw };
    expect(overlap(box, other)).toBe(expected);
    expect(overlap(other, box)).toBe(expected);
  });
});

describe('traffic', () => {
  it('is the same for a seed and another for another', () => {
    expect(drive(LIGHT_TRAFFIC, 3, 20).present()).toEqual(drive(LIGHT_TRAFFIC, 3, 20).present());
    expect(drive(LIGHT_TRAFFIC, 3, 20).present()).not.toEqual(drive(LIGHT_TRAFFIC, 4, 20).present());
  });

  it('has nobody when none were asked for', () => {
    const traffic = new Traffic(track, undefined, 1);
    expect(traffic.present()).toEqual([]);
    expect(traffic.stateLength).toBe(0);
  });

  it('moves along its lanes without anybody touching anybody', () => {
    const spec = { leading: 4, oncoming: 6, parked: 10 };
    const traffic = new Traffic(track, spec, 1);
    const before = traffic.users();
    for (let tick = 0; tick < 60 / PERIOD; tick++) {
      traffic.step(PERIOD, tick * PERIOD, EGO);
      if (tick % 20 !== 0) continue;
      const cars = traffic.present();
      for (const car of cars) {
        expect(cars.filter((other) => other !== car && overlap(car, other))).toEqual([]);
        const { s, lateral } = track.project(car.x, car.y);
        if (car.kind === 'leading') expect(lateral).toBeCloseTo(track.laneCentre(s), 1);
        if (car.kind === 'oncoming') expect(lateral).toBeCloseTo(-track.laneCentre(s), 1);
        if (car.kind === 'parked') {
          expect(Math.abs(lateral - track.laneCentre(s))).toBeGreaterThan((track.laneWidth(s) + car.width) / 2);
        }
      }
    }
    const after = new Map(traffic.users().map((user) => [user.id, user]));
    for (const user of before) {
      const { s, speed } = after.get(user.id)!;
      if (user.id.startsWith('parked')) expect(s).toBe(user.s);
      else expect(wayAhead(track, user.id.startsWith('oncoming') ? -1 : 1, user.s, s)).toBeGreaterThan(100);
      expect(Math.sign(speed)).toBe(user.id.startsWith('oncoming') ? -1 : user.id.startsWith('parked') ? 0 : 1);
    }
  });

  it('does not run into our car from behind', () => {
    const ahead = { ...EGO, s: 400, lateral: track.laneCentre(400) };
    const traffic = drive({ leading: 1, oncoming: 0, parked: 0 }, 1, 120, ahead);
    const [leader] = traffic.users();
    const gap = ahead.s - leader!.s - (ahead.length + leader!.length) / 2;
    expect(gap).toBeGreaterThan(1.5);
    expect(gap).toBeLessThan(4);
    expect(leader!.speed).toBeLessThan(0.1);
  });

  it('finds who is touched', () => {
    const traffic = new Traffic(track, LIGHT_TRAFFIC, 1);
    for (const car of traffic.present()) {
      expect(traffic.touching({ ...car, x: car.x + 0.5 })).toBe(car.id);
      expect(traffic.touching({ ...car, x: car.x + 400, y: car.y + 4000 })).toBeNull();
    }
  });
});

describe('where traffic drives on the left', () => {
  const lane = (id: number) => `<lane id="${id}" type="driving"><width sOffset="0" a="3.5" b="0" c="0" d="0"/></lane>`;
  const road = (rule: string) =>
    openDriveTrack(
      `<OpenDRIVE><header revMajor="1" revMinor="7"/><road id="1" length="2000" junction="-1" rule="${rule}">
      <planView><geometry s="0" x="0" y="0" hdg="0" length="2000"><line/></geometry></planView>
      <lanes><laneSection s="0"><left>${lane(1)}</left><center><lane id="0" type="none"/></center>
      <right>${lane(-1)}</right></laneSection></lanes></road></OpenDRIVE>`,
      'a.xodr',
    );

  it.each([
    ['RHT', 1],
    ['LHT', -1],
  ] as const)('others come on the other side of us, and park on ours (%s)', (rule, sign) => {
    const straight = road(rule);
    const traffic = new Traffic(straight, { leading: 0, oncoming: 10, parked: 20 }, 3);
    const users = traffic.users();
    const oncoming = users.filter(({ id }) => id.startsWith('oncoming'));
    expect(oncoming).toHaveLength(20);
    for (const { lateral, speed } of oncoming) {
      expect(lateral).toBeCloseTo(sign * 3.5, 9);
      expect(speed).toBeLessThan(0);
    }
    const parked = users.filter(({ id }) => id.startsWith('parked'));
    const onOurSide = parked.filter(({ lateral }) => sign * lateral < 0).length;
    expect(onOurSide).toBeGreaterThan(0.55 * parked.length);
    for (const car of traffic.present()) {
      const beside = parked.find(({ id }) => id === car.id);
      if (beside) expect(Math.cos(car.yaw)).toBeCloseTo(sign * beside.lateral < 0 ? 1 : -1, 9);
    }
  });
});
