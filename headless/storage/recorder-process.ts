import { createRecordingWriter } from '../../datasets/formats/wheelhouse/writer.ts';
import { createSharpCodec } from '../images/sharp-codec.ts';
import { DiskStorage } from './disk.ts';

/**
 * A process that records three cameras at 60 Hz until it is killed, for the crash test. Prints the number of each sample
 * on a line of its own when it has been handed to the recorder, and keeps real time as a drive does.
 * Usage: recorder-process <folder>
 */
const RATE = 60;
const size = { width: 80, height: 40 };
const cameras = { centre: size, left: size, right: size };
const writer = await createRecordingWriter(
  new DiskStorage(process.argv[2]!),
  { format: 'wheelhouse', name: 'crash', rate: RATE, timeSource: 'recorded', cameras, conversions: [] },
  createSharpCodec(),
);
const start = performance.now();
for (let i = 0; ; i++) {
  const frame = { ...size, time: i / RATE, pixels: new Uint8Array(size.width * size.height * 3).fill(i % 256) };
  await writer.append({
    time: i / RATE,
    values: { steeringAngle: i, speed: 10 },
    frames: { centre: frame, left: frame, right: frame },
  });
  process.stdout.write(`${i}\n`);
  const ahead = (1000 * (i + 1)) / RATE - (performance.now() - start);
  if (ahead > 0) await new Promise((resolve) => setTimeout(resolve, ahead));
}
