import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{sim,datasets,models,headless,renderer,electron}/**/*.test.ts'],
    // The GPU and the wasm backend keep process-wide state; one process per file keeps the files independent.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
