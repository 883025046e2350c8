import { expect, it } from 'vitest';
import type { OpenedApp } from '../app/opened-app.ts';
import { describeInApp } from '../describe-in-app.ts';

/** No machine that tests run on has a steering wheel: the browser is given one that reports what the test says. */
const WHEEL = `{
  const wheel = { id: 'Wheel (test)', index: 0, connected: true, mapping: '', axes: [0, 0.1, 1, 1], buttons: [] };
  Object.assign(globalThis, { wheel });
  navigator.getGamepads = () => [wheel];
}`;

describeInApp('the calibration of a steering wheel', {}, (whenOpened) => {
  let app: OpenedApp;
  whenOpened(async (opened) => {
    app = opened;
    await app.page.addInitScript(WHEEL);
    await app.open('drive');
    await app.page.reload();
  });

  const hold = (axes: number[]) =>
    app.page.evaluate((now) => {
      (globalThis as unknown as { wheel: { axes: number[] } }).wheel.axes = now;
    }, axes);

  it('finds the axes step by step, says what is missing, and is kept', async () => {
    const { page } = app;
    await page.getByRole('radio', { name: 'Pad' }).click();
    await page.getByRole('button', { name: 'Calibrate' }).click();
    const dialog = page.getByRole('dialog');
    const next = dialog.getByRole('button', { name: 'Next' });
    await next.click();
    await dialog.getByText(/to the left/).waitFor();
    await next.click();
    await dialog.getByText(/nothing moved far enough/).waitFor();
    for (const axes of [
      [0, -0.9, 1, 1],
      [0, 0.9, 1, 1],
      [0, 0.1, 1, -1],
      [0, 0.1, -1, 1],
    ]) {
      await hold(axes);
      await next.click();
    }
    const brake = dialog.getByRole('meter', { name: 'Brake' });
    await expect.poll(() => brake.evaluate((meter: HTMLMeterElement) => meter.value)).toBe(1);
    await app.picture('drive-calibration');
    await dialog.getByRole('button', { name: 'Keep it' }).click();
    await dialog.waitFor({ state: 'detached' });
    const kept = await page.evaluate(() => JSON.parse(localStorage.getItem('wheelhouse.profiles') ?? '{}'));
    expect(kept['Wheel (test)']).toMatchObject({
      steering: { from: 'axis', index: 1, axis: { low: 0.9, rest: 0.1, high: -0.9 } },
      throttle: { index: 3 },
      brake: { index: 2 },
    });
    expect(app.faults).toEqual([]);
  });
});
