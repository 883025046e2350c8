import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright';
import { launchBrowser } from '../../machine/browser/launch.ts';
import { builtinModels } from '../../work/library/library-folder.ts';
import { buildPages, PAGES_FOLDER } from '../host/build-pages.ts';
import { listen } from '../host/listen.ts';

/** The road on the page [CSS px]. */
const ROAD = { width: 960, height: 540 };
/** Where it is driven: a road of middling difficulty with all that stands beside one. */
const TRACK = 'birchholt';
/** Until the size of the picture has settled, and how long it is watched [s]. */
const SETTLING = 10;
const WATCHED = 15;

/** How the road moves on the Drive page. */
export interface DrivingViewSpeed {
  readonly browser: string;
  /** Pictures of the road that reached the page in a second. */
  readonly picturesPerSecond: number;
  /** World seconds for each second on the wall: 1 is real time. */
  readonly pace: number;
  /** Size of the picture that was drawn and stretched over the road at last [px]. */
  readonly width: number;
  readonly height: number;
}

/** Counts the pictures that are handed to the page. Runs in the page, before anything else. */
const COUNT_PICTURES = `{
  globalThis.pictures = 0;
  const { getCurrentTexture } = GPUCanvasContext.prototype;
  let last;
  GPUCanvasContext.prototype.getCurrentTexture = function () {
    const texture = getCurrentTexture.call(this);
    if (texture !== last) globalThis.pictures++;
    last = texture;
    return texture;
  };
}`;

/**
 * Lets the shipped model drive on the Drive page of the real app, in the browser of this machine with WebGPU on the
 * processor, in low quality, and counts pictures.
 * @throws Refusal `no-browser`, `no-pages`
 */
export async function timeDrivingView(): Promise<DrivingViewSpeed> {
  await buildPages();
  const launched = await launchBrowser();
  const library = await mkdtemp(path.join(os.tmpdir(), 'wheelhouse-view-'));
  const host = await listen({
    port: 0,
    library,
    pages: PAGES_FOLDER,
    builtinModels: builtinModels(),
    runners: {},
    report: (fault) => process.stderr.write(`${fault}\n`),
  });
  try {
    const context = await launched.browser.newContext({ locale: 'en-US', viewport: { width: 1360, height: 760 } });
    const page = await context.newPage();
    await page.addInitScript(COUNT_PICTURES);
    await page.goto(host.entrance);
    await page.goto(`${host.origin}/#/drive?driver=model:default&track=${TRACK}`);
    await page.getByRole('radio', { name: 'Low', exact: true }).click();
    const start = page.getByRole('button', { name: 'Let this model drive', exact: true });
    await start.click({ timeout: 120_000 });
    await sizeRoad(page);
    await page.waitForTimeout(1000 * SETTLING);
    const before = await look(page);
    await page.waitForTimeout(1000 * WATCHED);
    const after = await look(page);
    const seconds = (after.now - before.now) / 1000;
    return {
      browser: launched.name,
      picturesPerSecond: (after.pictures - before.pictures) / seconds,
      pace: (after.time - before.time) / seconds,
      width: after.width,
      height: after.height,
    };
  } finally {
    await launched.close();
    await host.close();
    await rm(library, { recursive: true, force: true });
  }
}

/** Makes the window so large that the road has the size it should have. */
async function sizeRoad(page: Page): Promise<void> {
  // What lies around the road takes other room in another window, so that one step is not always enough.
  for (let i = 0; i < 3; i++) {
    const road = await page.locator('canvas').first().boundingBox();
    const window = page.viewportSize();
    if (road === null || window === null) return;
    await page.setViewportSize({
      width: Math.round(window.width + ROAD.width - road.width),
      height: Math.round(window.height + ROAD.height - road.height),
    });
  }
}

/** What the page shows now; an expression, since the page knows nothing of our modules. */
async function look(page: Page) {
  const now = await page.evaluate(`(() => {
    const figure = [...document.querySelectorAll('dt')].find((term) => term.textContent === 'Time');
    const { width, height } = document.querySelector('canvas');
    const time = Number.parseFloat(figure.nextElementSibling.textContent);
    return { now: performance.now(), pictures: globalThis.pictures, time, width, height };
  })()`);
  return now as { now: number; pictures: number; time: number; width: number; height: number };
}
