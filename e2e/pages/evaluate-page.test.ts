import { expect, it } from 'vitest';
import { driveFileName } from '../../evaluation/trace/drive-file.ts';
import { openSuite } from '../../headless/work/suites/open-suite.ts';
import type { OpenedApp } from '../app/opened-app.ts';
import { describeInApp } from '../describe-in-app.ts';

/** How long one step may take on a busy machine without a graphics card [ms]. */
const PATIENCE = 120_000;
/** When the car was put back in the evaluation with a failure [s]. */
const FAILED_AT = 20;

describeInApp('the Evaluate page', { width: 1280, height: 800 }, (whenOpened) => {
  let app: OpenedApp;
  whenOpened(async (opened) => {
    app = opened;
    app.page.setDefaultTimeout(PATIENCE);
    await app.open('evaluate');
  });

  it('says what to do where nothing has been evaluated yet', async () => {
    await app.page.getByText('No evaluations yet').waitFor();
    expect(await app.page.getByRole('button', { name: 'Evaluate', exact: true }).isDisabled()).toBe(true);
  });

  it('drives every chosen model through every chosen suite, and tells of each road', {
    timeout: 3 * PATIENCE,
  }, async () => {
    await app.page.getByRole('checkbox', { name: /^Expert/ }).check();
    await app.page.getByRole('checkbox', { name: /^families/ }).check();
    await app.page.getByRole('button', { name: 'Evaluate 2 times' }).click();
    const roads = app.page.getByRole('list', { name: /^Roads of expert on/ }).first();
    await roads.waitFor();
    const { episodes } = await openSuite('smoke');
    expect(await roads.getByRole('listitem').count()).toBe(episodes.length);
    expect(await roads.getByRole('listitem').first().innerText()).toContain(episodes[0]!.track);
    const table = app.page.getByRole('region', { name: 'Suite smoke' });
    await table.waitFor();
    expect(await table.innerText()).toMatch(/expert on smoke[\s\S]*100\.0 %/);
    // The second one is under way meanwhile, and stops.
    await app.page.getByRole('button', { name: 'Stop' }).click();
    await app.page.getByRole('region', { name: 'Under way' }).waitFor({ state: 'detached' });
  });

  it('drives a suite file of one’s own, and says what is wrong in one', { timeout: 2 * PATIENCE }, async () => {
    const fileOf = (episode: object) => ({
      name: 'my-suite.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify({ version: 1, name: 'mine', description: 'Mine.', episodes: [episode] })),
    });
    const input = app.page.getByLabel('Suite file');
    await input.setInputFiles(fileOf({ track: 'country:5', seed: 1, rout: 60 }));
    await app.page
      .getByText(/my-suite\.json: episodes\.0\.rout: there is no such field; did you mean route\?/)
      .waitFor();
    await input.setInputFiles(fileOf({ track: 'country:5', seed: 1, route: 60 }));
    const chosen = app.page.getByRole('checkbox', { checked: true });
    while ((await chosen.count()) > 0) await chosen.first().uncheck();
    await app.page.getByRole('checkbox', { name: /^mine of your own, 1 roads/ }).check();
    await app.page.getByRole('checkbox', { name: /^Expert/ }).check();
    await app.page.getByRole('button', { name: 'Evaluate', exact: true }).click();
    const table = app.page.getByRole('region', { name: 'Suite mine' });
    await table.waitFor();
    expect(await table.innerText()).toMatch(/expert on mine[\s\S]*100\.0 %/);
    const { evaluations } = await app.client.evaluations();
    await app.client.remove('evaluations', evaluations.find(({ evaluation }) => evaluation.suite === 'mine')!.id);
  });

  it('lists evaluations side by side, and road by road', async () => {
    const [whole] = (await app.client.evaluations()).evaluations;
    const { id: draft } = await app.client.createDraft();
    const files = app.client.files('drafts', draft);
    const evaluation = structuredClone(whole!.evaluation);
    Object.assign(evaluation.episodes[1]!, { interventions: 1, autonomy: 90 });
    Object.assign(evaluation.summary, { interventions: 1, autonomy: 97 });
    await files.write('evaluation.json', JSON.stringify(evaluation));
    const drive = await app.client.files('evaluations', whole!.id).read(driveFileName(1));
    const failed = JSON.parse(new TextDecoder().decode(drive));
    const at = failed.columns.time.findIndex((time: number) => time - failed.columns.time[0] >= FAILED_AT);
    failed.interventions.push({
      time: failed.columns.time[at],
      x: failed.columns.x[at],
      y: failed.columns.y[at],
      lateralError: 1.1,
    });
    await files.write(driveFileName(1), JSON.stringify(failed));
    await app.client.publishEvaluation({ draft, name: 'Somebody who strays' });
    await app.page.reload();
    const suite = app.page.getByRole('region', { name: 'Suite smoke' });
    await suite.getByText('Road by road').click();
    await suite.getByRole('cell', { name: '90.0 %, 1' }).waitFor();
    // Best first.
    expect(await suite.getByRole('link').allInnerTexts()).toEqual(['expert on smoke', 'Somebody who strays']);
    await suite.getByText(/“expert on smoke” is ahead of “Somebody who strays”: autonomy/).waitFor();
    await app.picture('evaluate-compared');
  });

  it('watches a failure again, from five seconds before', { timeout: 2 * PATIENCE }, async () => {
    await app.page.getByRole('link', { name: 'Somebody who strays' }).click();
    await app.page.getByRole('link', { name: 'Watch the intervention at 20.0 s' }).click();
    const shown = app.page.getByText(/^\d+\.\d of \d+\.\d s$/);
    await shown.waitFor();
    const first = Number.parseFloat(await shown.innerText());
    expect(first).toBeGreaterThanOrEqual(FAILED_AT - 5);
    expect(first).toBeLessThan(FAILED_AT + 20);
    await expect
      .poll(async () => Number.parseFloat(await shown.innerText()), { timeout: PATIENCE })
      .toBeGreaterThan(first);
    await app.picture('evaluate-watched-again');
  });

  it('shows the report inside the app, where it can do nothing else', async () => {
    await app.open('evaluate');
    await app.page.getByRole('link', { name: 'expert on smoke' }).first().click();
    await app.page.frameLocator('iframe[title="Report"]').locator('svg').first().waitFor();
    expect(await app.page.locator('iframe').getAttribute('sandbox')).toBe('allow-scripts');
    expect(app.faults).toEqual([]);
    expect(app.hostFaults).toEqual([]);
  });
});
