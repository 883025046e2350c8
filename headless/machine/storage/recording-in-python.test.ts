import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createRecordingWriter } from '../../../datasets/formats/wheelhouse/writer.ts';
import { createSharpCodec } from '../images/sharp-codec.ts';
import { DiskStorage } from './disk.ts';

const scratch = mkdtempSync(join(tmpdir(), 'wheelhouse-python-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const page = new URL('../../../docs/recording-format.md', import.meta.url);
const python = spawnSync('python3', ['--version']).status === 0;

it.skipIf(!python)("runs the format page's ten lines of Python on a recording", async () => {
  const code = /```python\n([\s\S]*?)```/.exec(readFileSync(page, 'utf8'))![1]!;
  expect(code.trim().split('\n').length).toBeLessThanOrEqual(10);
  const size = { width: 40, height: 20 };
  const storage = new DiskStorage(join(scratch, 'my-recording'));
  const writer = await createRecordingWriter(
    storage,
    { format: 'wheelhouse', name: 'p', rate: 20, timeSource: 'recorded', cameras: { centre: size }, conversions: [] },
    createSharpCodec(),
  );
  for (let i = 0; i < 5; i++) {
    const frame = { ...size, time: i / 20, pixels: new Uint8Array(40 * 20 * 3).fill(50 * i) };
    await writer.append({ time: i / 20, values: i === 2 ? {} : { steeringAngle: i / 8 }, frames: { centre: frame } });
  }
  await writer.close();
  // What a crash leaves behind.
  const torn = await storage.openAppend('samples.jsonl');
  await torn.append(new TextEncoder().encode('{"time": 0.25, "val'));
  await torn.close();
  // The signature of a JPEG picture shows that the right bytes were found.
  const output = execFileSync('python3', ['-'], {
    cwd: scratch,
    input: `${code.trimEnd()}\n    assert picture[:2] == b"\\xff\\xd8" and picture[-2:] == b"\\xff\\xd9"\n`,
    encoding: 'utf8',
  });
  const rows = output
    .trim()
    .split('\n')
    .map((line) => line.split(' ').slice(0, 2));
  expect(rows).toEqual([
    ['0', '0'],
    ['0.05', '0.125'],
    ['0.1', 'None'],
    ['0.15', '0.375'],
    ['0.2', '0.5'],
  ]);
});
