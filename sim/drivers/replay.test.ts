import { describe, expect, it } from 'vitest';
import { CLEAR_DAY } from '../conditions/conditions.ts';
import { Episode } from '../episode/episode.ts';
import { Refusal } from '../refusal.ts';
import { openTrack } from '../track/catalogue.ts';
import { createExpert } from './expert.ts';
import { createReplay, type TimedCommand } from './replay.ts';

const STILL = { steeringAngle: 0, speed: 0, torque: 0 };

describe('replay', () => {
  it('repeats a drive to the last bit', async () => {
    const track = openTrack('millbrook');
    const spec = { track: track.id, seed: 1, conditions: CLEAR_DAY, route: 200, actuation: 'angle' } as const;
    const first = new Episode({ track, spec, driver: createExpert() });
    const commands: TimedCommand[] = [];
    while (!first.done) {
      const { time, command } = await first.tick();
      commands.push({ time, command });
    }
    const again = new Episode({ track, spec, driver: createReplay(commands) });
    while (!again.done) await again.tick();
    expect(again.stateHash).toBe(first.stateHash);
  });

  it('holds a command until the next one is due', () => {
    const [slow, quick] = [
      { ...STILL, speed: 1 },
      { ...STILL, speed: 2 },
    ];
    const replay = createReplay([
      { time: 0.5, command: slow },
      { time: 1, command: quick },
    ]);
    const at = (time: number) => replay.drive({ frames: {}, speed: 0, time });
    expect([0, 0.5, 0.95, 1, 9].map(at)).toEqual([slow, slow, slow, quick, quick]);
  });

  it('refuses what is no list of commands in time', () => {
    expect(() => createReplay([])).toThrow(Refusal);
    const twice = [0.1, 0.1].map((time) => ({ time, command: STILL }));
    expect(() => createReplay(twice)).toThrow(/replay entry 1: the time 0.1 follows 0.1/);
  });
});
