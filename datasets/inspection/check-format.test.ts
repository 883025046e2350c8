import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { codec } from '../../headless/machine/images/testing/grey-jpeg.ts';
import type { RecordingFormat } from '../formats/format.ts';
import { formats } from '../formats/open.ts';
import { lapJson } from '../formats/testing/new-format/reader.ts';
import { sampleRecordings } from '../formats/testing/sample-recordings.ts';
import { createRecording, type Recording } from '../recording/recording.ts';
import { checkRecordingFormat } from './check-format.ts';

const NEW = path.resolve(import.meta.dirname, '../formats/testing/new-format/samples');
const samples = [...(await sampleRecordings()), ...(await sampleRecordings([...formats, lapJson], NEW))];
const lap = samples.find(({ format }) => format === lapJson)!;

async function faults(changes: Partial<RecordingFormat>): Promise<string[]> {
  const { checks } = await checkRecordingFormat({ ...lapJson, ...changes }, lap.storage, codec);
  for (const { passed, mend } of checks) expect(mend === '').toBe(passed);
  return checks.filter(({ passed }) => !passed).map(({ name, what }) => `${name}: ${what}`);
}

/** The reader with something wrong in what it opens. */
const opening = (change: (recording: Recording) => Recording) => ({
  open: async (...given: Parameters<RecordingFormat['open']>) => change(await lapJson.open(...given)),
});

const scaled =
  (name: string, factor: number) =>
  (recording: Recording): Recording => ({
    ...recording,
    columns: { ...recording.columns, [name]: recording.columns[name]!.map((value) => factor * value) },
  });

describe('checkRecordingFormat', () => {
  it.each(samples.map((sample) => [sample.name, sample] as const))('finds nothing wrong with %s', async (_, sample) => {
    const { checks } = await checkRecordingFormat(sample.format, sample.storage, codec);
    expect(checks.filter(({ passed }) => !passed)).toEqual([]);
    expect(checks).toHaveLength(10);
  });

  it('says what is wrong with names and with what it takes for its own', async () => {
    expect(await faults({ files: ['.JSON'] })).toEqual(['named: ".JSON" is no extension']);
    expect(await faults({ detect: async () => true })).toEqual([
      'detects: it takes a folder of something else for a recording',
    ]);
    expect(await faults({ name: 'other' })).toEqual(['metadata: metadata.format is lap-json']);
  });

  it('says what is wrong with units and times', async () => {
    expect(await faults(opening(scaled('steeringAngle', 1000)))).toEqual([
      'units: steeringAngle is 100 rad at sample 0, outside -20 to 20',
    ]);
    expect(await faults(opening(scaled('time', -1)))).toEqual([
      expect.stringMatching(/^times: time goes from -?0 to -/),
    ]);
    expect(await faults(opening(scaled('time', 1000)))).toEqual([
      expect.stringMatching(/^times: samples are \d+\S* s apart, and the rate is/),
    ]);
  });

  it('says what is wrong with columns and frames', async () => {
    const short = opening((recording) => ({
      ...recording,
      columns: { ...recording.columns, speed: new Float64Array(1) },
    }));
    expect(await faults(short)).toEqual(['columns: speed has 1 values for 3 samples']);
    const camera = opening((recording) =>
      createRecording({
        metadata: { ...recording.metadata, cameras: { centre: { width: 4, height: 2 } } },
        columns: recording.columns,
        cameras: {
          centre: {
            has: () => true,
            load: async () => ({ width: 2, height: 2, time: 0, pixels: new Uint8Array(12) }),
          },
        },
      }),
    );
    expect(await faults(camera)).toContain('frames: frame 0 of centre is 2 × 2');
  });

  it('says what crashes instead of being refused', async () => {
    const careless: Partial<RecordingFormat> = {
      async open(storage, ...rest) {
        JSON.parse(new TextDecoder().decode(await storage.read('lap.json')));
        return lapJson.open(storage, ...rest);
      },
    };
    expect(await faults(careless)).toEqual([expect.stringMatching(/^damage: lap\.json emptied: SyntaxError/)]);
    const lost = await faults({ open: () => Promise.reject(new Error('no such thing')) });
    expect(lost[0]).toBe('opens: no such thing');
    expect(lost[1]).toBe('metadata: not looked at, because it does not open');
  });
});
