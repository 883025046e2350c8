#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const source = new URL('wheelhouse.ts', import.meta.url);
if (existsSync(source)) {
  // In a checkout the sources run as they are. Our own tsconfig is named, because tsx would otherwise obey the one of the
  // folder that the person happens to stand in.
  const { register } = await import('tsx/esm/api');
  register({ tsconfig: fileURLToPath(new URL('../../tsconfig.json', import.meta.url)) });
  await import(source.href);
} else {
  await import('../../dist/app/headless/bin/wheelhouse.js');
}
