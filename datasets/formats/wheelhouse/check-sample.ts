import { parseOrRefuse } from '../../../sim/parse.ts';
import { Refusal } from '../../../sim/refusal.ts';
import { metadataSchema, type RecordingMetadata } from '../../recording/metadata.ts';
import type { EncodedFrame } from '../../recording/recording.ts';
import { CAMERA_NAME, COLUMN_NAME } from './layout.ts';
import type { RecordingSample } from './recording-writer.ts';

/** @param name of the storage @throws Refusal `bad-metadata` */
export function checkMetadata(name: string, metadata: RecordingMetadata): RecordingMetadata {
  const refused = { code: 'bad-metadata', where: name, mend: 'mend the metadata' };
  const checked = parseOrRefuse(metadataSchema, metadata, refused);
  const odd = Object.keys(checked.cameras).find((camera) => !CAMERA_NAME.test(camera));
  if (odd === undefined) return checked;
  throw new Refusal(refused.code, `${name}: cameras`, `${JSON.stringify(odd)} is no camera name`, refused.mend);
}

/**
 * Checks a sample against the recording that it is to enter.
 * @param where starts the place in the refusal, e.g. the storage and the number of the sample
 * @throws Refusal `bad-sample`
 */
export function checkSample(
  sample: RecordingSample,
  cameras: RecordingMetadata['cameras'],
  encoding: EncodedFrame['type'],
  where: string,
): void {
  const refuse = (field: string, what: string): never => {
    throw new Refusal('bad-sample', `${where}: ${field}`, what, 'mend the sample');
  };
  if (!Number.isFinite(sample.time)) refuse('time', 'the time is not a finite number');
  for (const [name, value] of Object.entries(sample.values)) {
    if (!COLUMN_NAME.test(name) || name === 'time') refuse(`values.${name}`, 'this is no column name');
    if (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY) refuse(`values.${name}`, 'infinite');
  }
  for (const [name, frame] of Object.entries(sample.frames)) {
    const camera = cameras[name];
    if (camera === undefined) refuse(`frames.${name}`, 'the metadata has no such camera');
    if ('bytes' in frame) {
      // JPEG and PNG may stand beside each other: a picture tells itself what it is.
      if ((frame.type === 'raw') !== (encoding === 'raw'))
        refuse(`frames.${name}`, `is ${frame.type}, not ${encoding}`);
      if (frame.bytes.length === 0) refuse(`frames.${name}`, 'the picture has no bytes');
      continue;
    }
    const { width, height, pixels } = frame;
    if (width !== camera!.width || height !== camera!.height || pixels.length !== width * height * 3) {
      refuse(`frames.${name}`, `is ${width}x${height}, the metadata says ${camera!.width}x${camera!.height}`);
    }
  }
}
