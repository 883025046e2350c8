import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { exporters } from '../transfer/exporters.ts';
import { formatTable } from './format-table.ts';
import { formats } from './open.ts';

const file = fileURLToPath(new URL('../../docs/formats.md', import.meta.url));
const page = readFileSync(file, 'utf8');
const [written = ''] = /(?<=## What is written\n)[\s\S]*?(?=\n## )/.exec(page) ?? [];

describe('docs/formats.md', () => {
  it('tells how each format is read, in its own words (vitest -u writes them)', async () => {
    const table = /(?<=## What is read\n\n)\|[\s\S]*?(?=\n\n)/;
    await expect(page.replace(table, () => formatTable(formats))).toMatchFileSnapshot(file);
  });

  it.each(exporters.map(({ name }) => name))('tells what is written and lost in %s', (name) => {
    expect(written).toMatch(new RegExp(`^\\| \`${name}\`.*\\|.*\\|.*\\|.*\\|.*\\|`, 'm'));
  });

  it('links only to pages that are there', () => {
    for (const [, target] of page.matchAll(/\]\(([^)#]+)/g)) {
      expect(existsSync(new URL(`../../docs/${target}`, import.meta.url)), target).toBe(true);
    }
  });
});
