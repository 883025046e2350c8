import { defineConfig } from 'vitest/config';

const limits = {
  // The GPU and the wasm backend keep process-wide state; one process per file keeps the files independent.
  pool: 'forks' as const,
  testTimeout: 240_000,
  hookTimeout: 240_000,
};

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...limits,
          name: 'unit',
          include: [
            '{sim,datasets,models,evaluation,host-api,headless,library,packaging,renderer,electron}/**/*.test.ts',
          ],
          alias: { electron: new URL('electron/testing/electron-stand-in.ts', import.meta.url).pathname },
        },
      },
      {
        // A browser wants both processors, so these files run one after the other, when the others are done.
        test: {
          ...limits,
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
