import path from 'node:path';
import { expect, it } from 'vitest';
import { lapJson } from '../datasets/formats/testing/new-format/reader.ts';
import { checkArchitecture, checkDriver, checkRecordingFormat, createExpert, refuseFailed } from './index.ts';

const SAMPLES = path.resolve(import.meta.dirname, '../datasets/formats/testing/new-format/samples/lap-json');

it('checks a driver, given itself or by what makes it', async () => {
  expect(await checkDriver(createExpert())).toMatchObject({ subject: 'expert', passed: true });
  expect(await checkDriver(() => createExpert())).toMatchObject({ subject: 'expert', passed: true });
});

it('checks a format on a sample on the disk', async () => {
  const report = await checkRecordingFormat(lapJson, path.join(SAMPLES, 'made'));
  expect(report).toMatchObject({ subject: 'lap-json', passed: true });
  const wrong = await checkRecordingFormat({ ...lapJson, detect: async () => false }, path.join(SAMPLES, 'made'));
  expect(() => refuseFailed(wrong)).toThrow(
    /^lap-json: detects: it does not know its own sample \(and damage\); in `detect`/,
  );
  await expect(checkRecordingFormat(lapJson, path.join(SAMPLES, 'none'))).rejects.toThrow(/there is no such folder/);
});

it('checks a network of the zoo by name', async () => {
  const report = await checkArchitecture('linear', { input: { width: 16, height: 8 } });
  expect(report).toMatchObject({ subject: 'linear', passed: true });
  await expect(checkArchitecture('liner')).rejects.toThrow(/did you mean linear/);
});
