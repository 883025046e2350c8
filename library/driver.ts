import { type OpenDriverOptions, type OpenedDriver, openDriver } from '../headless/work/drivers/open-driver.ts';
import type { Driver } from '../sim/drivers/driver.ts';

/**
 * Who drives: a reference as on the command line (`expert`, `default`, a model folder, …), what makes a driver of one's
 * own, or a driver that was opened with `openDriver`.
 */
export type DriverChoice = string | (() => Driver) | OpenedDriver;

/** Does something with a driver, and closes it when it was opened for this alone. */
export async function withDriver<T>(
  choice: DriverChoice,
  options: OpenDriverOptions,
  work: (driver: OpenedDriver) => Promise<T>,
): Promise<T> {
  if (typeof choice === 'object') return work(choice);
  const driver = await openDriver(choice, options);
  try {
    return await work(driver);
  } finally {
    driver.close();
  }
}
