import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { DEFAULT_MODEL_FOLDER } from '../../headless/work/models/model-folder.ts';
import { someRunConfig } from '../../models/runs/testing/run-config.ts';
import { beforeAllInBrowser, describeInBrowser } from '../describe-in-browser.ts';
import { openApp, type ServedApp } from './open-app.ts';

const EVIL = 'http://evil.example';
const MARKUP = `<img src=x onerror="globalThis.pwned=1"><script>globalThis.pwned=1</script>`;

describeInBrowser('attacks on the app', {}, (launched) => {
  let app: ServedApp;
  beforeAllInBrowser(async () => {
    app = await openApp(launched());
    await app.page.getByRole('navigation').waitFor();
  });
  afterAll(async () => app?.close());

  it('from another site in the same browser reach nothing', async () => {
    const before = await app.client.recordings();
    const evil = await app.context.newPage();
    await evil.route(`${EVIL}/**`, (route) => route.fulfill({ contentType: 'text/html', body: '<h1>evil</h1>' }));
    await evil.goto(`${EVIL}/`);
    const outcome = await evil.evaluate(async (origin) => {
      const attempt = (path: string, init: RequestInit) =>
        fetch(`${origin}${path}`, { credentials: 'include', ...init }).then(
          (response) => `${response.type} ${response.status}`,
          () => 'refused',
        );
      const json = { method: 'POST', body: '{"name":"planted"}' };
      const image = new Image();
      const pictured = new Promise<string>((resolve) => {
        image.onload = () => resolve('shown');
        image.onerror = () => resolve('refused');
      });
      image.src = `${origin}/assets/icon.svg`;
      return {
        read: await attempt('/api/recordings', {}),
        write: await attempt('/api/recordings', { ...json, headers: { 'content-type': 'application/json' } }),
        simple: await attempt('/api/recordings', { ...json, mode: 'no-cors' }),
        remove: await attempt('/api/recordings/x', { method: 'DELETE' }),
        picture: await pictured,
      };
    }, app.host.origin);
    expect(outcome).toEqual({
      read: 'refused',
      write: 'refused',
      simple: 'refused',
      remove: 'refused',
      picture: 'refused',
    });
    expect(await app.client.recordings()).toEqual(before);

    // Nor can it show our pages in its own, to steal clicks.
    await evil.setContent(`<iframe src="${app.host.origin}/"></iframe>`);
    await evil.waitForLoadState('networkidle');
    const frame = evil.frames().find((one) => one !== evil.mainFrame());
    expect(
      await frame
        ?.locator('nav')
        .count()
        .catch(() => 0),
    ).toBe(0);
    await evil.close();
  });

  it('with the old address find it used up', async () => {
    const stranger = await launched().browser.newContext();
    const page = await stranger.newPage();
    const response = await page.goto(app.host.entrance);
    expect(response?.status()).toBe(401);
    expect(await page.textContent('body')).toMatch(/works once/);
    await stranger.close();
  });

  it('by names full of markup are shown as text', async () => {
    const { id: recording } = await app.client.createRecording({ name: `recording ${MARKUP}` });
    const { id: draft } = await app.client.createDraft();
    const files = app.client.files('drafts', draft);
    const shipped = JSON.parse(await readFile(path.join(DEFAULT_MODEL_FOLDER, 'model.json'), 'utf8'));
    await files.write('model.json', JSON.stringify({ ...shipped, training: { note: MARKUP } }));
    await files.write('weights.bin', await readFile(path.join(DEFAULT_MODEL_FOLDER, 'weights.bin')));
    await app.client.publishModel({ draft, name: `model ${MARKUP}` });
    await app.client.createRun({ name: `run ${MARKUP}`, config: someRunConfig({ architecture: MARKUP }) });
    const evaluation = {
      model: MARKUP,
      suite: MARKUP,
      backend: MARKUP,
      adapter: MARKUP,
      metrics: {},
      episodes: [],
      summary: { autonomy: 100, completed: 1, interventions: 0, realTimeFactor: 1 },
    };
    const { id: second } = await app.client.createDraft();
    await app.client.files('drafts', second).write('evaluation.json', JSON.stringify(evaluation));
    await app.client.publishEvaluation({ draft: second, name: `evaluation ${MARKUP}` });

    // What each page must show: the test means nothing unless the names are there to be seen.
    const shown = {
      '': undefined,
      drive: `model ${MARKUP}`,
      recordings: `recording ${MARKUP}`,
      [`recordings/${recording}`]: `recording ${MARKUP}`,
      train: `run ${MARKUP}`,
      evaluate: `evaluation ${MARKUP}`,
    };
    for (const [page, text] of Object.entries(shown)) {
      await app.page.goto(`${app.host.origin}/#/${page}`);
      await app.page.reload();
      await app.page.getByRole('main').waitFor();
      if (text !== undefined) await app.page.getByText(text).first().waitFor({ state: 'attached' });
      await app.page.waitForLoadState('networkidle');
      expect(await app.page.evaluate(() => 'pwned' in globalThis), page).toBe(false);
      expect(await app.page.locator('img[src="x"]').count(), page).toBe(0);
    }
  });

  it('by a page among the files of the library run outside the app', async () => {
    const { id } = await app.client.createDraft();
    const script =
      'document.title = "ran"; fetch("/api/status").then(() => { document.title = "reached"; }, () => {});';
    await app.client.files('drafts', id).write('evil.html', `<body><script>${script}</script>`);
    const page = await app.context.newPage();
    await page.goto(`${app.host.origin}/api/drafts/${id}/files/evil.html`);
    await page.waitForLoadState('networkidle');
    expect(await page.title()).toBe('ran');
    expect(await page.evaluate(() => globalThis.origin)).toBe('null');
    await page.close();
  });
});
