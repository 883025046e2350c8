import type { RecordingWriter } from '../../../../datasets/formats/wheelhouse/recording-writer.ts';
import { createRecordingWriter } from '../../../../datasets/formats/wheelhouse/writer.ts';
import { createSharpCodec } from '../../images/sharp-codec.ts';
import { DiskStorage } from '../disk.ts';

/**
 * A process that records three cameras at 60 Hz into a folder until it is killed, for the crash test. Every so many
 * samples it closes the recording and goes on with it, so that a kill can hit those moments too. It keeps real time as a
 * drive does, and says on lines of its own what it does: `begin`, the number of each sample that was handed to the
 * recorder, `close`, `reopen`.
 * Usage: recorder-process <folder> <samples before it closes and goes on>
 */
const RATE = 60;
const size = { width: 80, height: 40 };
const cameras = { centre: size, left: size, right: size };
const [folder, samples] = process.argv.slice(2);
const codec = createSharpCodec();

// A pipe is written to at once, so that the line is out even when the kill comes right behind it.
const say = (what: string | number): void => void process.stdout.write(`${what}\n`);

const open = (append: boolean): Promise<RecordingWriter> =>
  createRecordingWriter(
    new DiskStorage(folder!),
    { format: 'wheelhouse', name: 'crash', rate: RATE, timeSource: 'recorded', cameras, conversions: [] },
    codec,
    { append, follows: append },
  );

say('begin');
let writer = await open(false);
const start = performance.now();
for (let i = 0; ; i++) {
  const frame = { ...size, time: i / RATE, pixels: new Uint8Array(size.width * size.height * 3).fill(i % 256) };
  await writer.append({
    time: i / RATE,
    values: { steeringAngle: i, speed: 10 },
    frames: { centre: frame, left: frame, right: frame },
  });
  say(i);
  if ((i + 1) % Number(samples) === 0) {
    say('close');
    await writer.close();
    say('reopen');
    writer = await open(true);
  }
  const ahead = (1000 * (i + 1)) / RATE - (performance.now() - start);
  if (ahead > 0) await new Promise((resolve) => setTimeout(resolve, ahead));
}
