import { describe, expect, it } from 'vitest';
import { codec } from '../../../headless/machine/images/testing/grey-jpeg.ts';
import { MemoryStorage } from '../../storage/memory.ts';
import { openAnyRecording } from '../open.ts';

const open = (text: string | Uint8Array, options = {}) =>
  openAnyRecording(new MemoryStorage('car', { 't.csv': text }), codec, options);

describe('a table of telemetry', () => {
  it('is read without its columns of text, and says so', async () => {
    const { columns, notes } = await open('t_s,gear,steering_wheel_deg,rpm\n0,D,90,800\n0.1,D,-90,900\n');
    expect([...columns.steeringAngle!]).toEqual([Math.PI / 2, -Math.PI / 2]);
    expect([...columns['source.rpm']!]).toEqual([800, 900]);
    expect(columns['source.gear']).toBeUndefined();
    expect(notes).toEqual(['columns without numbers are left out: gear']);
  });

  it.each([
    ['semicolons and decimal commas', 't_s;steering_wheel_deg\n0;90\n0,1;-90\n'],
    ['tabs and quotes', '"T_s"\t"Steering_Wheel_Deg"\n"0"\t"90"\n"0.1"\t"-90"\n'],
    ['a byte order mark', '\uFEFFt_s,steering_wheel_deg\n0,90\n0.1,-90\n'],
  ])('is read with %s', async (_, text) => {
    const { columns } = await open(text);
    expect([[...columns.time], [...columns.steeringAngle!]]).toEqual([
      [0, 0.1],
      [Math.PI / 2, -Math.PI / 2],
    ]);
  });

  it('still refuses a bad field among numbers', async () => {
    const text = 't_s,steering_wheel_deg,rpm\n0,1,1\n0.1,2,?\n0.2,3,3\n';
    await expect(open(text)).rejects.toThrow(/t\.csv:3: rpm: "\?" is no finite number/);
    expect((await open(text, { skipBad: true })).segments).toHaveLength(2);
    await expect(open('t_s,steering_wheel_deg\n0,x\n0.1,y\n')).rejects.toThrow(/t\.csv:2: steering_wheel_deg/);
  });
});
