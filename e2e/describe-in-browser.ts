import { afterAll, beforeAll, beforeEach, describe } from 'vitest';
import { findBrowser } from '../headless/machine/browser/find.ts';
import { type LaunchedBrowser, launchBrowser } from '../headless/machine/browser/launch.ts';
import { Refusal } from '../sim/refusal.ts';

/** Why no browser can be used; undefined when one can. */
const noBrowser = await reasonAgainst();

async function reasonAgainst(): Promise<string | undefined> {
  if (process.env.WHEELHOUSE_NO_BROWSER) return '--no-browser';
  try {
    await findBrowser();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}

/**
 * Tests that need a browser. Without one, each of them is skipped by name with the reason.
 * @param define gets the browser, which runs from before the first test until after the last
 */
export function describeInBrowser(
  name: string,
  options: { webgpu?: boolean },
  define: (launched: () => LaunchedBrowser) => void,
): void {
  describe(name, () => {
    let launched: LaunchedBrowser | undefined;
    beforeAll(async () => {
      if (noBrowser === undefined) launched = await launchBrowser(options);
    });
    afterAll(async () => launched?.close());
    beforeEach(({ skip }) => skip(noBrowser !== undefined, noBrowser));
    define(() => launched!);
  });
}

/** Prepares something for the tests of one `describeInBrowser`; not done when they are skipped. */
export function beforeAllInBrowser(prepare: () => Promise<void>): void {
  beforeAll(async () => {
    if (noBrowser === undefined) await prepare();
  });
}
