import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** Every page of documentation, from the root. */
async function pages(): Promise<string[]> {
  const docs = await readdir(path.join(ROOT, 'docs'), { recursive: true });
  return ['README.md', 'ARCHITECTURE.md', ...docs.filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`)];
}

/** What a page links to inside of the project, from the root. */
async function linksOf(page: string): Promise<string[]> {
  const text = await readFile(path.join(ROOT, page), 'utf8');
  return [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
    .map(([, target]) => target!)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => path.join(path.dirname(page), target));
}

it('links of the documentation lead somewhere', async () => {
  for (const page of await pages()) {
    for (const link of await linksOf(page))
      expect(existsSync(path.join(ROOT, link)), `${page} links ${link}`).toBe(true);
  }
});

it('every picture is linked', async () => {
  const linked = new Set((await Promise.all((await pages()).map(linksOf))).flat());
  const pictures = (await readdir(path.join(ROOT, 'docs/pictures'))).map((name) => `docs/pictures/${name}`);
  expect(pictures.filter((file) => !linked.has(file))).toEqual([]);
});
