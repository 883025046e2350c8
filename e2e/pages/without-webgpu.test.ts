import { afterAll, expect, it } from 'vitest';
import { openApp, type ServedApp } from '../app/open-app.ts';
import { beforeAllInBrowser, describeInBrowser } from '../describe-in-browser.ts';

/** On a busy machine without a graphics card everything takes long [ms]. */
const PATIENCE = 110_000;

describeInBrowser('a browser without WebGPU', { webgpu: false }, (launched) => {
  let app: ServedApp;
  beforeAllInBrowser(async () => {
    app = await openApp(launched());
    app.page.setDefaultTimeout(PATIENCE);
  });
  afterAll(async () => app?.close());

  it('is told so, and what to do', async () => {
    await app.page.getByRole('button', { name: 'no WebGPU' }).click();
    await app.page.getByText(/networks run on the processor \(wasm\)/).waitFor();
    await app.page.getByRole('button', { name: 'no WebGPU' }).click();
  });

  it('still shows the shipped model driving, and looks back at it', async () => {
    await app.page.getByRole('link', { name: /Watch the shipped model/ }).click();
    const driven = app.page.locator('dt', { hasText: 'Driven' }).locator('xpath=following-sibling::dd[1]');
    await expect.poll(() => driven.innerText(), { timeout: PATIENCE }).toMatch(/^0\.0[2-9]|^0\.[1-9]/);
    await app.page.getByRole('button', { name: 'Pause', exact: true }).click();
    await app.page.getByRole('slider', { name: 'Look back at the drive' }).fill('0.5');
    await app.page.getByText(/^0\.5 of /).waitFor();
    await app.picture('drive-without-webgpu');
  });
});
