import { defineConfig } from 'vite';

/**
 * Parts of TensorFlow.js that register things when they are loaded: layers by name, kernels for WebGL, methods of tensors.
 * The pages open their backends themselves (models/backend), so what nobody imports by name is left out: a megabyte and
 * more in each worker.
 */
const ONLY_WHAT_IS_NAMED = /[\\/]@tensorflow[\\/]tfjs(-layers|-converter|-data|-backend-webgl)?[\\/]/;
const treeshake = { moduleSideEffects: [{ test: ONLY_WHAT_IS_NAMED, sideEffects: false }] };

/** Builds the pages to `dist/renderer`; the host serves that folder as it is. */
export default defineConfig({
  root: import.meta.dirname,
  // Relative addresses, so that the same files work under app:// and under any path of a server.
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  worker: { format: 'es', rolldownOptions: { treeshake } },
  build: {
    rolldownOptions: { treeshake },
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'es2023',
    // Inlined assets would be data: addresses, which the content security policy refuses.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2000,
  },
});
