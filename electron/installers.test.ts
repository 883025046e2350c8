import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const ROOT = path.resolve(import.meta.dirname, '..');
const read = (file: string) => readFile(path.join(ROOT, file), 'utf8');
const about = JSON.parse(await read('package.json'));
const config = parse(await read('electron/electron-builder.yml'));

describe('the installers', () => {
  it('take what is built, with the Electron that the tests run', () => {
    expect(config.files).toContainEqual({ from: 'dist/app', to: '.', filter: ['**/*', '!package.json', '!**/*.d.ts'] });
    expect(config.extraMetadata.main).toBe('electron/main.js');
    expect(config.electronVersion).toBe(about.devDependencies.electron);
  });

  it('is locked: no Node by the back door, and only its own archive is run', () => {
    expect(config.electronFuses).toMatchObject({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
    });
    expect(config.asar).toBe(true);
  });

  it('comes for Linux, macOS and Windows, each with its icons', async () => {
    expect([config.linux.target, config.mac.target, config.win.target]).toEqual([
      ['AppImage', 'deb'],
      ['dmg'],
      ['nsis'],
    ]);
    const resources = path.join(ROOT, config.directories.buildResources);
    for (const name of await readdir(path.join(resources, config.linux.icon))) {
      const { width, height, format } = await sharp(path.join(resources, config.linux.icon, name)).metadata();
      expect(`${width}x${height}.${format}`).toBe(name);
    }
    const windows = await readFile(path.join(ROOT, config.win.icon));
    // ICO: reserved 0, kind 1 (icon), how many; then 16 bytes each, the first two width and height, where 0 is 256.
    const sides = Array.from({ length: windows.readUInt16LE(4) }, (_, i) => windows[6 + 16 * i] || 256);
    expect([windows.readUInt16LE(2), Math.min(...sides), Math.max(...sides)]).toEqual([1, 16, 256]);
    const mac = await readFile(path.join(ROOT, config.mac.icon));
    // ICNS: `icns` and the length of the whole file; then entries of a kind and a length. `ic09` is 512 px.
    expect([mac.toString('latin1', 0, 4), mac.readUInt32BE(4)]).toEqual(['icns', mac.length]);
    const kinds: string[] = [];
    for (let at = 8; at < mac.length; at += mac.readUInt32BE(at + 4)) kinds.push(mac.toString('latin1', at, at + 4));
    expect(kinds).toEqual(expect.arrayContaining(['icp4', 'ic07', 'ic09']));
  });
});
