import { expect, it } from 'vitest';
import { MemoryStorage } from '../../../datasets/storage/memory.ts';
import { INCIDENTS_FILE, readIncidents, writeIncidents } from './incident-file.ts';
import type { Incident } from './incidents.ts';

const taken: Incident = {
  kind: 'taken',
  time: 4.2,
  x: 1,
  y: -2,
  lateralError: 0.4,
  driverCommand: { steeringAngle: 0.1, speed: 12, torque: -0.3 },
};

it('keeps incidents beside the samples', async () => {
  const files = new MemoryStorage();
  expect(await readIncidents(files)).toEqual([]);
  await writeIncidents(files, [taken, { ...taken, kind: 'strayed', driverCommand: null }]);
  expect(await readIncidents(files)).toEqual([taken, { ...taken, kind: 'strayed', driverCommand: null }]);
});

it('takes nothing from a file that is none of ours', async () => {
  const files = new MemoryStorage();
  for (const text of ['{', '{"incidents": [{"kind": "exploded"}]}']) {
    await files.write(INCIDENTS_FILE, text);
    expect(await readIncidents(files)).toEqual([]);
  }
});
