import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright';
import { findBrowser } from './find.ts';

/**
 * Switches with which Chromium draws and computes WebGPU on the processor. With fewer of them an adapter appears and the
 * canvas stays blank.
 */
const SOFTWARE_WEBGPU = [
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
  '--use-vulkan=swiftshader',
  '--use-angle=swiftshader',
  // The pages' text and boxes are painted by the processor itself: painted through the emulated graphics card they wait
  // behind the road's pictures, and Chromium 147 to 153 then never finish a screenshot.
  '--disable-gpu-rasterization',
];

/** What a browser may have instead: no WebGPU at all. */
const NO_WEBGPU = ['--disable-features=WebGPU,WebGPUService', '--disable-gpu', '--use-angle=swiftshader'];

export interface LaunchedBrowser {
  readonly browser: Browser;
  /** e.g. `Chromium 147.0.7727.0 (npm)` */
  readonly name: string;
  close(): Promise<void>;
}

/**
 * Starts the Chromium of this machine without a window.
 * @param options.webgpu false for a browser without WebGPU
 * @throws Refusal `no-browser`
 */
export async function launchBrowser(options: { webgpu?: boolean } = {}): Promise<LaunchedBrowser> {
  // Only those who test or measure have it.
  const { chromium } = await import('playwright');
  const { program, source, version, environment } = await findBrowser();
  // Its own temporary folder: what one browser leaves there must not meet another's.
  const temporary = await mkdtemp(path.join(os.tmpdir(), 'wheelhouse-browser-'));
  const browser = await chromium.launch({
    executablePath: program,
    headless: true,
    args: [
      ...(options.webgpu === false ? NO_WEBGPU : SOFTWARE_WEBGPU),
      // Small /dev/shm in containers.
      '--disable-dev-shm-usage',
    ],
    chromiumSandbox: process.getuid?.() !== 0,
    env: { ...(process.env as Record<string, string>), ...environment, TMPDIR: temporary },
  });
  return {
    browser,
    name: `${version} (${source})`,
    async close() {
      await browser.close();
      await rm(temporary, { recursive: true, force: true });
    },
  };
}
