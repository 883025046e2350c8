import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

let folder: string;
let electron: typeof import('./testing/electron-stand-in.ts');

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'wheelhouse-electron-'));
  vi.resetModules();
  electron = await import('electron' as string);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

it('a second start hands over what it was given, as whole paths, and ends', async () => {
  electron.instance.isFirst = false;
  process.argv = ['wheelhouse', '--flag', 'electron', 'nowhere'];
  await import('./main.ts');
  expect(electron.said).toEqual([['lock', { paths: [path.resolve('electron')] }], ['quit']]);
  expect([electron.schemes, electron.handlers.size]).toEqual([[], 0]);
});

it('a start without a library says why in one window, and ends', async () => {
  await writeFile(path.join(folder, 'library'), 'a file');
  vi.stubEnv('WHEELHOUSE_LIBRARY', path.join(folder, 'library'));
  process.argv = ['wheelhouse'];
  await import('./main.ts');
  const ended = new Promise((resolve) => electron.app.once('quit', resolve));
  electron.startChromium();
  await ended;
  const [, title, text] = electron.said.find(([what]) => what === 'error')!;
  expect(title).toBe('Wheelhouse cannot start');
  expect(text).toMatch(/library: .*; name another folder/);
  expect(electron.BrowserWindow.all).toEqual([]);
});
