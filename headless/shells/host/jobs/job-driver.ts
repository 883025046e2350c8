import type { DriverNeed } from '../../../../evaluation/drivers/machine.ts';
import { parseReference } from '../../../../evaluation/drivers/reference.ts';
import type { Library } from '../library/library.ts';

/** What the driver of a job may need: it is named by word or by id, never by a path. */
const JOB_OFFERS: ReadonlySet<DriverNeed> = new Set(['library', 'network']);

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
