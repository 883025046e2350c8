import path from 'node:path';
import { expect, it } from 'vitest';
import { codec } from '../../headless/machine/images/testing/grey-jpeg.ts';
import { formatTable } from './format-table.ts';
import { detectFormat, formats, openAnyRecording } from './open.ts';
import { lapJson } from './testing/new-format/reader.ts';
import { copyOf, sampleRecordings } from './testing/sample-recordings.ts';

/** A reader and a sample; a line of the registry; and the line of docs/formats.md that is made of it. */
const known = [...formats, lapJson];
const SAMPLES = path.resolve(import.meta.dirname, 'testing/new-format/samples');

it('a format is known by its entry in the registry: detected, opened, documented and sampled', async () => {
  const [sample, ...others] = await sampleRecordings(known, SAMPLES);
  expect([sample!.name, others]).toEqual(['lap-json/made', []]);
  expect((await detectFormat(sample!.storage, known))?.format).toBe(lapJson);
  const recording = await openAnyRecording(sample!.storage, codec, {}, known);
  expect([...recording.columns.steeringAngle!]).toEqual([0.1, 0.2, 0.15]);
  expect(recording.metadata.rate).toBeCloseTo(10, 9);
  expect(formatTable(known)).toContain('| `lap-json` | `lap.json` | `wheel`, rad of the wheel, left + → 1 |');
  // What is said of every format holds for it, too.
  const cut = await copyOf(sample!);
  await cut.write('edits.json', new TextEncoder().encode('{"cuts": [{"start": 1, "end": 2}]}'));
  expect([...(await openAnyRecording(cut, codec, {}, known)).columns.speed!]).toEqual([5, 6]);
});

it('a format is not known without it, and a sample of an unknown one is a mistake', async () => {
  const [sample] = await sampleRecordings(known, SAMPLES);
  await expect(openAnyRecording(sample!.storage, codec)).rejects.toThrow(/known formats are: wheelhouse, /);
  await expect(sampleRecordings(formats, SAMPLES)).rejects.toThrow(/lap-json: there is no format of this name/);
});

it('names in the registry are names of one format each', () => {
  const names = formats.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
});
