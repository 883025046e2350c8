import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { exporters } from '../transfer/exporters.ts';
import { formats } from './open.ts';

const page = readFileSync(new URL('../../docs/formats.md', import.meta.url), 'utf8');
const [, read = '', written = ''] =
  /## What is read\n([\s\S]*?)\n## Bad[\s\S]*?## What is written\n([\s\S]*?)\n## /.exec(page) ?? [];

describe('docs/formats.md', () => {
  it.each(formats.map(({ name }) => name))('tells how %s is read', (name) => {
    expect(read).toMatch(new RegExp(`^\\|[^|]*\`${name}\``, 'm'));
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
