import { expect, it } from 'vitest';
import type { OpenedApp } from '../app/opened-app.ts';
import { describeInApp } from '../describe-in-app.ts';
import { addSampleRecording, SAMPLE_RATE } from './sample-recording.ts';

const SAMPLES = 200;
const NAME = '<b>Side to side</b> & "back"';

describeInApp('the player', {}, (whenOpened) => {
  let app: OpenedApp;
  let id: string;
  whenOpened(async (opened) => {
    app = opened;
    id = await addSampleRecording(app.client, NAME, SAMPLES);
    await app.open('recordings');
  });

  const cuts = async () => (await app.client.recording(id)).edits.cuts;
  const place = () => app.page.getByRole('slider', { name: 'Place in the recording' });

  it('opens from the library, and shows names as the text they are', async () => {
    const card = app.page.getByRole('link', { name: 'Side to side' });
    await card.waitFor();
    expect(await card.locator('b').allInnerTexts()).toEqual([NAME]);
    await card.click();
    await place().waitFor();
    expect(await app.page.getByRole('heading', { level: 1 }).innerText()).toBe(NAME);
  });

  it('shows the very frame that is asked for', async () => {
    await place().fill('140');
    await app.page.getByText(`141 of ${SAMPLES}`).waitFor();
    const middle = await app.page.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
      return [...canvas.getContext('2d')!.getImageData(canvas.width / 2, canvas.height / 2, 1, 1).data];
    });
    expect(middle).toEqual([140, 140, 140, 255]);
  });

  it('cuts without touching the samples, and takes it back', async () => {
    await place().fill('40');
    await app.page.getByText(`41 of ${SAMPLES}`).waitFor();
    await app.page.getByRole('button', { name: 'Select from here' }).click();
    await place().fill('99');
    await app.page.getByText(`100 of ${SAMPLES}`).waitFor();
    await app.picture('recordings-player');
    await app.page.getByRole('button', { name: 'Cut it out' }).click();
    await expect.poll(cuts).toEqual([{ start: 40, end: 100 }]);
    await app.page.getByText(`${SAMPLES - 60} samples`).waitFor();
    expect((await app.client.recording(id)).samples).toBe(SAMPLES);

    await app.page.getByRole('button', { name: 'Undo', exact: true }).click();
    await expect.poll(cuts).toEqual([]);
  });

  it('is renamed, and that is taken back too', async () => {
    const heading = app.page.getByRole('heading', { level: 1 });
    await app.page.getByRole('button', { name: 'Rename' }).click();
    await app.page.getByRole('textbox', { name: 'Name of the recording' }).fill('  Autumn <i>rain</i> ');
    await app.page.keyboard.press('Enter');
    await expect.poll(async () => (await app.client.recording(id)).name).toBe('Autumn <i>rain</i>');
    expect(await heading.innerText()).toBe('Autumn <i>rain</i>');
    // Cutting keeps the name.
    await app.page.getByRole('button', { name: 'Select from here' }).click();
    await app.page.getByRole('button', { name: 'Cut it out' }).click();
    await expect.poll(cuts).toHaveLength(1);
    expect((await app.client.recording(id)).name).toBe('Autumn <i>rain</i>');
    await app.page.getByRole('button', { name: 'Undo', exact: true }).click();
    await app.page.getByRole('button', { name: 'Undo', exact: true }).click();
    await expect.poll(async () => (await app.client.recording(id)).name).toBe(NAME);
    expect(await heading.innerText()).toBe(NAME);
    expect(await cuts()).toEqual([]);
  });

  it('shows what was found in it: in words, and in pictures that lead to their place', async () => {
    await app.page.getByRole('button', { name: 'Look through it' }).click();
    const findings = app.page.getByRole('list', { name: 'Findings' });
    await findings.waitFor();
    // 200 samples at 20 Hz.
    expect(await findings.innerText()).toMatch(/It lasts 10 s only\..*record some minutes/);
    const shots = app.page.getByRole('button', { name: /^Sample/ });
    expect(await shots.count()).toBe(12);
    const grey = await shots
      .nth(5)
      .locator('canvas')
      .evaluate((canvas: HTMLCanvasElement) => {
        return canvas.getContext('2d')!.getImageData(0, 0, 1, 1).data[0]!;
      });
    await shots.nth(5).click();
    // The brightness of a frame is its number.
    await app.page.getByText(`${grey + 1} of ${SAMPLES}`).waitFor();
    await app.picture('recordings-findings');
  });

  it('mends at a press what a finding offers, and takes it back', async () => {
    await place().fill('20');
    const steering = app.page.locator('dt', { hasText: 'Steering' }).locator('xpath=following-sibling::dd[1]');
    await expect.poll(() => steering.innerText()).toMatch(/^\d/);
    const before = await steering.innerText();
    await app.page.getByRole('button', { name: 'Turn the sign round' }).click();
    await expect.poll(async () => (await app.client.recording(id)).edits.columns).toEqual({ steering: { flip: true } });
    await expect.poll(() => steering.innerText()).toBe(`-${before}`);
    // It is looked through again as it is now.
    await app.page.getByRole('button', { name: 'Look through it' }).waitFor();
    await app.page.getByRole('button', { name: 'Undo', exact: true }).click();
    await expect.poll(async () => (await app.client.recording(id)).edits).toEqual({ cuts: [] });
    await expect.poll(() => steering.innerText()).toBe(before);
  });

  it('shows what a model would have done beside what was recorded', async () => {
    await app.page.getByRole('combobox', { name: 'Model that looks at the frames' }).selectOption('default');
    await app.page.getByRole('img', { name: 'Predicted steering' }).waitFor({ timeout: 60_000 });
    await place().fill('20');
    await app.page.getByRole('button', { name: 'Play', exact: true }).click();
    await expect.poll(async () => Number(await place().inputValue()), { timeout: 60_000 }).toBeGreaterThan(40);
    await app.page.getByRole('button', { name: 'Pause', exact: true }).click();
    await app.page.getByText(/° apart in the mean of \d+ frames/).waitFor();
    await app.picture('recordings-predicted');
    await app.page.getByRole('button', { name: 'Test on all frames' }).click();
    await app.page.getByRole('cell', { name: 'always straight on' }).waitFor({ timeout: 60_000 });
    await app.page.getByText(/Its steering is off by \d\.\d+ rad where/).waitFor();
    await app.page.getByText(`apart in the mean of ${SAMPLES} frames`).waitFor();
    await app.picture('recordings-tested');
    await app.page.getByRole('combobox', { name: 'Model that looks at the frames' }).selectOption('none');
  });

  it('shows predictions of a file beside what was recorded', async () => {
    const rows = Array.from({ length: SAMPLES }, (_, i) =>
      `${i};${(i / SAMPLE_RATE).toFixed(2)};90.5`.replaceAll('.', ','),
    );
    const table = Buffer.from(['sample;time;predicted_deg', ...rows].join('\n'), 'utf16le');
    await app.page
      .getByLabel('Table of predictions')
      .setInputFiles({ name: 'theirs.csv', mimeType: 'text/csv', buffer: table });
    await app.page.getByText(/theirs\.csv: predicted_deg\. \d+\.\d° apart in the mean of \d+ frames/).waitFor();
    await app.page.getByRole('img', { name: 'Predicted steering' }).waitFor();
    const other = { name: 'other.csv', mimeType: 'text/csv', buffer: Buffer.from('0.1\n0.2\n') };
    await app.page.getByLabel('Table of predictions').setInputFiles(other);
    await app.page.getByText(/its 2 rows are not of this recording/).waitFor();
  });

  it('jumps over cuts while it plays', async () => {
    await app.client.editRecording(id, { cuts: [{ start: 10, end: 190 }] });
    await app.page.reload();
    await place().waitFor();
    await app.page.getByText('180 samples').waitFor();
    await app.page.getByRole('button', { name: 'Play', exact: true }).click();
    // 3 s of cut would take 9 s; what is shown is never inside it.
    const seen = new Set<number>();
    await expect
      .poll(async () => {
        const now = Number(await place().inputValue());
        seen.add(now);
        return now;
      })
      .toBeGreaterThanOrEqual(190);
    expect([...seen].filter((index) => index >= 10 && index < 190)).toEqual([]);
  });

  it('looks through what is left of the cuts only, and leads to its place in the whole', async () => {
    await app.page.getByRole('button', { name: 'Look through it' }).click();
    const findings = app.page.getByRole('list', { name: 'Findings' });
    await findings.waitFor();
    expect(await findings.innerText()).toMatch(/180 samples are cut out/);
    // One of each twelfth of the twenty samples that are left, 0 to 9 and 190 to 199. The first twelfth is sample 0 alone,
    // where the wheel stands straight: bends are shown.
    const shots = await app.page.getByRole('button', { name: /^Sample/ }).allInnerTexts();
    expect(shots).toHaveLength(11);
    await app.page
      .getByRole('button', { name: /^Sample/ })
      .last()
      .click();
    await expect.poll(async () => Number(await place().inputValue())).toBeGreaterThanOrEqual(190);
    await app.open('recordings');
    await app.page.getByText('180 samples cut out').waitFor();
    await app.page.getByRole('link', { name: 'Side to side' }).click();
    await place().waitFor();
  });

  it('is deleted only after a question', async () => {
    app.page.once('dialog', (dialog) => dialog.dismiss());
    await app.page.getByRole('button', { name: 'Delete' }).click();
    expect(await app.client.recordings()).toHaveLength(1);
    app.page.once('dialog', (dialog) => dialog.accept());
    await app.page.getByRole('button', { name: 'Delete' }).click();
    await app.page.getByText('No recordings yet').waitFor();
    expect(await app.client.recordings()).toHaveLength(0);
  });
});
