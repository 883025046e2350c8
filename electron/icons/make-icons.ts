/**
 * `npm run icons`: draws the icons of the installers from the one drawing that the pages have too. They are kept in
 * `electron/resources`, where the packager looks for them.
 */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { IconIcns, IconIco } from '@shockpkg/icon-encoder';
import sharp from 'sharp';

const DRAWING = path.resolve(import.meta.dirname, '../../renderer/app/icon.svg');
const RESOURCES = path.resolve(import.meta.dirname, '../resources');
/** Sizes that desktops of Linux look for [px]. */
const LINUX = [16, 32, 48, 64, 128, 256, 512];
/** Windows draws 16 to 256 [px]. */
const WINDOWS = [16, 24, 32, 48, 64, 128, 256];
/** Kinds of pictures in an ICNS by their size [px]; those of twice the size are for dense screens. */
const MAC: readonly [type: string, size: number][] = [
  ['icp4', 16],
  ['ic11', 32],
  ['icp5', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
];
/** Side of the drawing as sharp sees it without scaling, at 72 dots an inch [px]. */
const DRAWN = 32;

/** The drawing as a PNG of the given side [px], drawn at that size rather than enlarged. */
async function picture(size: number): Promise<Uint8Array> {
  const drawing = await readFile(DRAWING);
  return sharp(drawing, { density: (72 * size) / DRAWN })
    .resize(size, size)
    .png({ compressionLevel: 9, effort: 10 })
    .toBuffer();
}

async function save(name: string, bytes: Uint8Array): Promise<void> {
  const file = path.join(RESOURCES, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(`${file}.tmp`, bytes);
  await rename(`${file}.tmp`, file);
}

for (const size of LINUX) await save(`icons/${size}x${size}.png`, await picture(size));

const windows = new IconIco();
// Windows wants the small ones as bitmaps; the large ones are small files only as PNG.
for (const size of WINDOWS) await windows.addFromPng(await picture(size), size >= 128, true);
await save('icon.ico', windows.encode());

const mac = new IconIcns();
for (const [type, size] of MAC) await mac.addFromPng(await picture(size), [type], true);
await save('icon.icns', mac.encode());
