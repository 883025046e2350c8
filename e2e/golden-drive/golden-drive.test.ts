import { build } from 'vite';
import { expect, it } from 'vitest';
import { describeInBrowser } from '../describe-in-browser.ts';
import { type DriveTrail, driveGolden } from './drive.ts';

/** `drive.ts` with all it imports, as one script that leaves `driveGolden` on the window. */
async function bundle(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      target: 'es2023',
      lib: { entry: `${import.meta.dirname}/drive.ts`, formats: ['iife'], name: 'golden' },
    },
  });
  const [output] = [built].flat();
  if (output === undefined || !('output' in output)) throw new Error('Vite built nothing');
  return output.output[0].code;
}

describeInBrowser('the golden drives', {}, (launched) => {
  it('go through the same states in Node and in Chromium, to the last bit', async () => {
    const page = await launched().browser.newPage();
    await page.addScriptTag({ content: await bundle() });
    const inBrowser = await page.evaluate(() =>
      (globalThis as unknown as { golden: { driveGolden(): Promise<DriveTrail[]> } }).golden.driveGolden(),
    );
    const inNode = await driveGolden();
    expect(inNode.length).toBeGreaterThan(4);
    expect(new Set(inNode.map((trail) => trail.stateHash)).size).toBe(inNode.length);
    expect(inBrowser).toEqual(inNode);
    await page.close();
  });
});
