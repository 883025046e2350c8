import { describe, expect, it } from 'vitest';
import { codec } from '../../headless/machine/images/testing/grey-jpeg.ts';
import { MemoryStorage } from '../storage/memory.ts';
import type { FileStorage } from '../storage/storage.ts';
import { exportRecording } from '../transfer/export.ts';
import { exporters } from '../transfer/exporters.ts';
import { importRecording } from '../transfer/import.ts';
import { EDITS_FILE } from './edits-file.ts';
import { openAnyRecording } from './open.ts';
import { copyOf, type SampleRecording, sampleRecordings } from './testing/sample-recordings.ts';

const samples = await sampleRecordings();
const sampleOf = (name: string) => samples.find((sample) => sample.name === name)!;
/** Six samples. */
const OWN = sampleOf('wheelhouse/made');

/** A copy of a sound recording with an edits file beside it. */
async function edited(sample: SampleRecording, edits: unknown): Promise<FileStorage> {
  const copy = await copyOf(sample);
  await copy.write(EDITS_FILE, typeof edits === 'string' ? edits : JSON.stringify(edits));
  return copy;
}

const interpolating = (stretch: unknown) => ({ cuts: [], interpolated: [stretch] });

describe('edits beside a recording', () => {
  it('bridge values of a column, which is told, and leave the other samples as they are', async () => {
    const whole = await openAnyRecording(OWN.storage, codec);
    const edits = { cuts: [{ start: 0, end: 1 }], interpolated: [{ column: 'steeringAngle', start: 2, end: 4 }] };
    const bridged = await openAnyRecording(await edited(OWN, edits), codec);
    const { time, steeringAngle } = whole.columns;
    const share = (time[2]! - time[1]!) / (time[4]! - time[1]!);
    const expected = steeringAngle![1]! + share * (steeringAngle![4]! - steeringAngle![1]!);
    // The first sample is cut out.
    expect(bridged.columns.steeringAngle![1]).toBeCloseTo(expected, 12);
    expect(bridged.columns.steeringAngle![3]).toBe(steeringAngle![4]);
    expect(bridged.columns.speed![1]).toBe(whole.columns.speed![2]);
    expect(bridged.notes).toEqual(['2 values are interpolated as edits.json says']);
  });

  it.each(samples.map((sample) => [sample.name, sample] as const))('leave out what is cut of %s', async (_, sample) => {
    const whole = await openAnyRecording(sample.storage, codec);
    const cuts = [{ start: 1, end: 2 }];
    const left = await openAnyRecording(await edited(sample, { name: 'Mine', cuts }), codec);
    expect([left.metadata.format, left.length, left.cuts]).toEqual([whole.metadata.format, whole.length - 1, cuts]);
    expect([...left.columns.time]).toEqual([...whole.columns.time].toSpliced(1, 1));
    if (left.length > 1) expect(left.segments.map(({ start }) => start)).toContain(1);
    for (const [camera, loader] of Object.entries(whole.cameras)) {
      expect(left.cameras[camera]!.has(1)).toBe(loader.has(2));
      if (loader.has(2)) expect((await left.frame(1, camera)).pixels).toEqual((await whole.frame(2, camera)).pixels);
    }
    const all = await openAnyRecording(await edited(sample, { cuts }), codec, { cuts: [] });
    expect([all.length, all.cuts]).toEqual([whole.length, []]);
  });

  it.each([
    ['{"cuts": [', /made\/edits\.json: it is not JSON/],
    [{ cuts: [{ start: 1, end: 7 }] }, /edits\.json: cuts\.0\.end: the recording has 6 samples; cut within it/],
    [{ cuts: [{ start: -1, end: 2 }] }, /edits\.json: cuts\.0\.start/],
    [{ cuts: [{ start: 3, end: 3 }] }, /edits\.json: cuts\.0: end must follow start/],
    [
      {
        cuts: [
          { start: 3, end: 5 },
          { start: 4, end: 6 },
        ],
      },
      /edits\.json: cuts: cuts must be in order/,
    ],
    [interpolating({ column: 'steeringAngle', start: 4, end: 6 }), /interpolated\.0\.end: the recording has 6 samples/],
    [interpolating({ column: 'steeringAngle', start: 0, end: 1 }), /interpolated\.0\.start/],
    [interpolating({ column: 'colour', start: 1, end: 2 }), /interpolated\.0\.column: there is no column "colour"/],
    [{ cuts: [], colour: 'red' }, /edits\.json.*colour/],
    [[], /edits\.json/],
  ])('are refused when they are damaged, by file and field: %j', async (edits, message) => {
    await expect(openAnyRecording(await edited(OWN, edits), codec)).rejects.toThrow(message);
  });

  it('are refused where bad samples are left out, since they count all', async () => {
    const storage = await edited(sampleOf('telemetry-csv/made'), { cuts: [{ start: 1, end: 2 }] });
    await storage.write('t.csv', new TextEncoder().encode('t_s,speed_mps\n0,1\n0.1,x\n0.2,2\n0.3,2\n'));
    await expect(openAnyRecording(storage, codec, { skipBad: true })).rejects.toThrow(/edits\.json: cuts: .*1 bad/);
  });

  it.each(
    exporters
      .filter(({ name }) => samples.some(({ format }) => format.name === name))
      .map((exporter) => [exporter.name, exporter] as const),
  )('are obeyed by an export to %s', async (_, exporter) => {
    const cuts = [{ start: 1, end: 2 }];
    const source = await openAnyRecording(await edited(OWN, { cuts }), codec);
    const target = new MemoryStorage('target');
    expect(await exportRecording(exporter, source, target, codec, {})).toMatchObject({ samples: 5, skipped: [] });
    const back = await openAnyRecording(target, codec);
    expect([back.length, back.cuts]).toEqual([5, []]);
    // Sample 2, which is first after the cut, and sample 3, before which the source has a gap, begin runs.
    expect(back.segments.map(({ start }) => start)).toEqual([0, 1, 2]);
  });

  it('are obeyed by an import, which does not go on after the cuts were changed', async () => {
    const opened = async (cuts: unknown) => openAnyRecording(await edited(OWN, { cuts }), codec);
    const cuts = [{ start: 4, end: 5 }];
    const target = new MemoryStorage('target');
    const stop = new AbortController();
    const onProgress = ({ done }: { done: number }) => done === 2 && stop.abort();
    await importRecording(await opened(cuts), target, codec, { signal: stop.signal, onProgress });
    await expect(importRecording(await opened([]), target, codec)).rejects.toThrow(/something else is cut out/);
    expect(await importRecording(await opened(cuts), target, codec)).toMatchObject({ samples: 5, complete: true });
    const copy = await openAnyRecording(target, codec);
    expect([...copy.columns['source.index']!]).toEqual([0, 1, 2, 3, 4]);
    expect([...copy.columns.time]).toEqual([0, 1, 2, 3, 5].map((i) => i / 20));
  });
});
