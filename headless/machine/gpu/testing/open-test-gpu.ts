import type { Gpu } from '../gpu.ts';
import { openGpu } from '../open.ts';

/**
 * The device for tests of what is drawn. Where there is none, `reason` goes into the test's name, so that it is seen why
 * it was skipped.
 */
export async function openTestGpu(): Promise<{ gpu: Gpu | undefined; reason: string }> {
  try {
    return { gpu: await openGpu(), reason: '' };
  } catch (error) {
    return { gpu: undefined, reason: ` (skipped: ${error instanceof Error ? error.message : String(error)})` };
  }
}
