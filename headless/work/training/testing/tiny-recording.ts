import { createRecordingWriter } from '../../../../datasets/formats/wheelhouse/writer.ts';
import { createStream } from '../../../../sim/random/stream.ts';
import { createSharpCodec } from '../../../machine/images/sharp-codec.ts';
import { DiskStorage } from '../../../machine/storage/disk.ts';

const [WIDTH, HEIGHT, RATE] = [24, 12, 20];

/** A recording that a network can learn in seconds: a bright bar stands where the steering angle says. */
export async function writeTinyRecording(folder: string, samples: number, seed = 1): Promise<void> {
  const writer = await createRecordingWriter(
    new DiskStorage(folder),
    {
      format: 'wheelhouse',
      name: 'tiny',
      rate: RATE,
      timeSource: 'recorded',
      cameras: { centre: { width: WIDTH, height: HEIGHT } },
      conversions: [],
    },
    createSharpCodec(),
    { encoding: 'raw' },
  );
  const random = createStream(seed, 'tiny');
  let angle = 0;
  for (let i = 0; i < samples; i++) {
    angle = Math.min(0.8, Math.max(-0.8, angle + random.uniform(-0.15, 0.15)));
    const pixels = new Uint8Array(WIDTH * HEIGHT * 3).fill(30);
    const column = Math.round((WIDTH / 2 - 1) * (1 - angle));
    for (let y = 0; y < HEIGHT; y++) pixels.fill(220, (y * WIDTH + column) * 3, (y * WIDTH + column + 2) * 3);
    const frame = { width: WIDTH, height: HEIGHT, time: i / RATE, pixels };
    await writer.append({ time: i / RATE, values: { steeringAngle: angle, speed: 8 }, frames: { centre: frame } });
  }
  await writer.close();
}

/** A network for it, as a person would write it into a file. */
export const TINY_NETWORK = {
  layers: [
    { type: 'convolution', filters: 4, kernel: 3, stride: 2 },
    { type: 'batch-norm' },
    { type: 'flatten' },
    { type: 'dropout', rate: 0.1 },
    { type: 'dense', units: 8 },
    { type: 'lstm', units: 6 },
  ],
};

/** Its input, as options of the command line. */
export const TINY_INPUT = ['--size', '24x12', '--time', '4'];
