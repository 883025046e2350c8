import { dump } from 'npyjs';
import { expect, it } from 'vitest';
import { codec } from '../../../headless/machine/images/testing/grey-jpeg.ts';
import { MemoryStorage } from '../../storage/memory.ts';
import { openAnyRecording } from '../open.ts';

const npy = (values: readonly number[]) =>
  new Uint8Array(dump(Float64Array.from(values), [values.length], { dtype: 'f8' }));
const CAN = 'processed_log/CAN';
const t = [0, 1, 2, 3, 4].map((i) => 100 + i / 80);

/** A segment without its video. */
const segment = (degrees: readonly number[], speed: readonly number[]) =>
  new MemoryStorage('segment', {
    [`${CAN}/steering_angle/t`]: npy(t),
    [`${CAN}/steering_angle/value`]: npy(degrees),
    [`${CAN}/speed/t`]: npy(t),
    [`${CAN}/speed/value`]: npy(speed),
  });

it('leaves values that are no numbers out with --skip-bad, and lists them', async () => {
  const storage = segment([0, 10, Number.NaN, 30, 40], [20, Number.POSITIVE_INFINITY, 22, 23, 24]);
  await expect(openAnyRecording(storage, codec)).rejects.toThrow(
    /steering_angle\/value: row 2: is no finite number; .*--skip-bad/,
  );
  const { columns, skipped } = await openAnyRecording(storage, codec, { skipBad: true });
  expect([...columns['source.steering_angle']!]).toEqual([0, 10, 30, 40]);
  // Of a speed that is missing, its neighbours tell.
  expect([...columns.speed!].map((speed) => Math.round(speed * 10) / 10)).toEqual([20, 21, 23, 24]);
  expect(skipped.map((line) => line.split(';')[0])).toEqual([
    `segment/${CAN}/steering_angle/value: row 2: is no finite number`,
    `segment/${CAN}/speed/value: row 1: is no finite number`,
  ]);
});
