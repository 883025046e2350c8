import { defineConfig } from 'vite';

/** Builds the pages to `dist/renderer`; the host serves that folder as it is. */
export default defineConfig({
  root: import.meta.dirname,
  // Relative addresses, so that the same files work under app:// and under any path of a server.
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  worker: { format: 'es' },
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'es2023',
    // Inlined assets would be data: addresses, which the content security policy refuses.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2000,
  },
});
