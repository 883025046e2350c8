import { createRecordingWriter } from '../../datasets/formats/wheelhouse/writer.ts';
import { createSharpCodec } from '../../headless/machine/images/sharp-codec.ts';
import type { LibraryClient } from '../../host-api/client.ts';

/** Size of the frames [px] and rate [Hz] of the sample. */
const WIDTH = 32;
const HEIGHT = 16;
export const SAMPLE_RATE = 20;

/**
 * Puts a recording into the library through the host: a wheel that swings slowly from side to side. The brightness of a
 * frame is its number, so that a picture tells which sample is shown.
 * @returns its id
 */
export async function addSampleRecording(client: LibraryClient, name: string, samples: number): Promise<string> {
  const { id } = await client.createRecording({ name });
  const metadata = {
    format: 'wheelhouse',
    name,
    rate: SAMPLE_RATE,
    timeSource: 'recorded' as const,
    cameras: { centre: { width: WIDTH, height: HEIGHT } },
    conversions: [],
    driver: 'expert',
  };
  const writer = await createRecordingWriter(client.files('recordings', id), metadata, createSharpCodec(), {
    encoding: 'png',
  });
  for (let i = 0; i < samples; i++) {
    const time = i / SAMPLE_RATE;
    const pixels = new Uint8Array(WIDTH * HEIGHT * 3).fill(i % 256);
    await writer.append({
      time,
      values: { steeringAngle: 0.5 * Math.sin(time), speed: 10, torque: 0, measuredSpeed: 10 },
      frames: { centre: { width: WIDTH, height: HEIGHT, time, pixels } },
    });
  }
  await writer.close();
  await client.closeRecording(id);
  return id;
}
