import { createRecordingWriter } from '../../datasets/formats/wheelhouse/writer.ts';
import { createSharpCodec } from '../images/sharp-codec.ts';
import { DiskStorage } from './disk.ts';

/**
 * A process that makes several recordings at once, each of three cameras at 60 Hz, until it is killed, for the crash test.
 * Prints the number of the recording and of the sample on a line of its own when a sample has been handed to the recorder,
 * and keeps real time as a drive does.
 * Usage: recorder-process <folder> <delay of the first recording [ms]> <delay of the second> …
 */
const RATE = 60;
const size = { width: 80, height: 40 };
const cameras = { centre: size, left: size, right: size };
const [folder, ...delays] = process.argv.slice(2);
const codec = createSharpCodec();

async function record(number: number, delay: number): Promise<never> {
  await new Promise((resolve) => setTimeout(resolve, delay));
  const writer = await createRecordingWriter(
    new DiskStorage(`${folder}/${number}`),
    { format: 'wheelhouse', name: 'crash', rate: RATE, timeSource: 'recorded', cameras, conversions: [] },
    codec,
  );
  const start = performance.now();
  for (let i = 0; ; i++) {
    const frame = { ...size, time: i / RATE, pixels: new Uint8Array(size.width * size.height * 3).fill(i % 256) };
    await writer.append({
      time: i / RATE,
      values: { steeringAngle: i, speed: 10 },
      frames: { centre: frame, left: frame, right: frame },
    });
    process.stdout.write(`${number} ${i}\n`);
    const ahead = (1000 * (i + 1)) / RATE - (performance.now() - start);
    if (ahead > 0) await new Promise((resolve) => setTimeout(resolve, ahead));
  }
}

await Promise.all(delays.map((delay, number) => record(number, Number(delay))));
