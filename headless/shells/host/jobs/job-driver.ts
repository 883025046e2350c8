import { JOB_OFFERS } from '../../../../evaluation/drivers/offers.ts';
import { parseReference } from '../../../../evaluation/drivers/reference.ts';
import type { Library } from '../library/library.ts';

/**
 * The driver that a job names, as `openDriver` takes it in the job's process: models of this library are found by folder.
 * @throws Refusal for a driver or a model that there is not
 */
export async function driverOfJob(text: string, library: Library): Promise<string> {
  const { kind, argument } = parseReference(text, JOB_OFFERS);
  if (!kind.needs.includes('library')) return text;
  await library.files('models', argument);
  return library.pathOf('models', argument);
}
