import type { RecordingFormat } from '../datasets/formats/format.ts';
import * as formats from '../datasets/inspection/check-format.ts';
import type { FileStorage } from '../datasets/storage/storage.ts';
import { openComputing } from '../headless/machine/computing/open-computing.ts';
import { createSharpCodec } from '../headless/machine/images/sharp-codec.ts';
import { registerWebCodecs } from '../headless/machine/images/webcodecs.ts';
import { storageAt } from '../headless/machine/reading/open-here.ts';
import * as networks from '../models/inspection/check-architecture.ts';
import type { Architecture } from '../models/zoo/architecture.ts';
import { findArchitecture } from '../models/zoo/zoo.ts';
import type { CheckReport } from '../sim/check-report.ts';

/**
 * Checks a reader of recordings of one's own on a sound small recording: that it is detected and opens, that columns,
 * times, units, signs and frames are as the program wants them, and that damage is refused instead of crashing.
 * @param sample folder, zip archive or file of a sound recording, or a storage of it; it is not changed
 * @throws Refusal when there is no such sample
 */
export async function checkRecordingFormat(
  format: RecordingFormat,
  sample: string | FileStorage,
): Promise<CheckReport> {
  await registerWebCodecs();
  if (typeof sample !== 'string') return formats.checkRecordingFormat(format, sample, createSharpCodec());
  const storage = await storageAt(sample);
  try {
    return await formats.checkRecordingFormat(format, storage, createSharpCodec());
  } finally {
    await storage.close();
  }
}

/**
 * Checks a network of one's own, on the wasm backend: that it can be made, that its gradients agree with finite
 * differences, that it learns two windows by heart, that it says frame by frame what it says of a whole window, that it is
 * the same when saved and opened again, and that no tensor is left.
 * @param architecture one's own, or the name of one in the zoo
 * @param options small options of the network make it quick, smooth ones (`tanh`) exact
 * @throws Refusal for a name that is not in the zoo
 */
export async function checkArchitecture(
  architecture: string | Architecture,
  options: networks.CheckArchitectureOptions = {},
): Promise<CheckReport> {
  const checked = typeof architecture === 'string' ? findArchitecture(architecture) : architecture;
  await openComputing('wasm');
  return networks.checkArchitecture(checked, options);
}
