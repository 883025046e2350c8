import { z } from 'zod';
import { createRecording } from '../../../recording/recording.ts';
import { meanRate } from '../../../recording/segments.ts';
import type { RecordingFormat } from '../../format.ts';
import { decodeText, parseJson } from '../../json.ts';

const FILE = 'lap.json';
const lapSchema = z.strictObject({
  lap: z.array(z.strictObject({ t: z.number(), wheel: z.number(), speed: z.number() })).min(1),
});

/** A format that the program does not know: what it takes to add one. */
export const lapJson: RecordingFormat = {
  name: 'lap-json',
  title: 'A lap in one JSON file (lap.json)',
  files: ['json'],
  docs: {
    knownBy: '`lap.json`',
    steering: '`wheel`, rad of the wheel, left + → 1',
    others: 'speed m/s',
    times: '`t` [s]',
    cameras: 'none',
  },
  detect: (storage) => storage.exists(FILE),
  async open(storage) {
    const { lap } = parseJson(decodeText(await storage.read(FILE)), lapSchema, `${storage.name}/${FILE}`);
    const column = (value: (row: (typeof lap)[number]) => number) => Float64Array.from(lap, value);
    const time = column(({ t }) => t);
    return createRecording({
      metadata: {
        format: 'lap-json',
        name: storage.name,
        rate: meanRate(time, 10),
        timeSource: 'recorded',
        cameras: {},
        conversions: [],
      },
      columns: { time, steeringAngle: column(({ wheel }) => wheel), speed: column(({ speed }) => speed) },
      cameras: {},
      close: () => storage.close(),
    });
  },
};
