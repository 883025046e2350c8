import path from 'node:path';

/** What each layer may import besides itself; the arrows of ARCHITECTURE.md. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  sim: [],
  datasets: ['sim'],
  models: ['datasets', 'sim'],
  evaluation: ['models', 'datasets', 'sim'],
  'host-api': ['evaluation', 'models', 'datasets', 'sim'],
  headless: ['host-api', 'evaluation', 'models', 'datasets', 'sim'],
  renderer: ['host-api', 'evaluation', 'models', 'datasets', 'sim'],
  electron: ['renderer', 'headless', 'host-api', 'evaluation', 'models', 'datasets', 'sim'],
};

/** Packages that a layer must not touch, and why. */
const FORBIDDEN_PACKAGES: Readonly<Record<string, RegExp>> = {
  sim: /^(node:|@tensorflow\/|sharp$|webgpu$|electron$)/,
  datasets: /^(node:|sharp$|webgpu$|electron$)/,
  models: /^(node:|sharp$|webgpu$|electron$)/,
  evaluation: /^(node:|sharp$|webgpu$|electron$)/,
  'host-api': /^(node:|sharp$|webgpu$|electron$)/,
  headless: /^electron$/,
  renderer: /^(node:|sharp$|webgpu$|electron$)/,
};

/**
 * Engines disagree about these in the last bits, and a closed loop amplifies that (docs/decisions/own-maths.md).
 * `Math.sqrt`, `abs`, `floor`, `min` and the like are exact everywhere.
 */
const INEXACT_MATHS =
  /\bMath\.(sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|asinh|acosh|atanh|exp|expm1|log|log2|log10|log1p|pow|cbrt|hypot|random)\b/;

/** Programs that make a part of the product and are not part of it themselves. */
const TOOLS: ReadonlySet<string> = new Set(['models/kernels/simd/build.ts']);

/** Layers exist from the top-level folder names. */
export const LAYERS: readonly string[] = Object.keys(MAY_IMPORT);

/**
 * Faults of one source file against the layers.
 * @param file path from the repository's root, with `/`
 * @param source its text
 */
export function layerFaults(file: string, source: string): string[] {
  const layer = file.split('/')[0]!;
  // What tests share stands in a folder or a file of that name.
  const isTest = /\.test(ing)?\.tsx?$|\/testing\//.test(file) || TOOLS.has(file);
  const faults: string[] = [];
  for (const [, , specifier] of source.matchAll(/\b(?:from|import|import\()\s*(['"])([^'"\n]+)\1/g)) {
    if (specifier!.startsWith('.')) {
      const target = path.posix.join(path.posix.dirname(file), specifier!).split('/')[0]!;
      const allowed = target === layer || MAY_IMPORT[layer]?.includes(target);
      // A test may reach down into the machine (the disk, the GPU) to try the real thing.
      if (!allowed && !(isTest && target === 'headless')) faults.push(`${file}: ${layer} may not import ${specifier}`);
    } else if (!isTest && FORBIDDEN_PACKAGES[layer]?.test(specifier!)) {
      faults.push(`${file}: ${layer} may not import ${specifier}`);
    }
  }
  if (layer === 'sim' && !isTest && !/^sim\/(scene|camera)\//.test(file)) {
    source.split('\n').forEach((line, index) => {
      const code = line.replace(/^\s*(\*|\/\/|\/\*).*/, '').replace(/\/\/.*/, '');
      const inexact = INEXACT_MATHS.exec(code)?.[0] ?? (/[\w)\]]\s*\*\*=?\s*[\w(]/.test(code) ? '**' : undefined);
      if (inexact)
        faults.push(`${file}:${index + 1}: ${inexact} differs between engines; use sim/maths/deterministic.ts`);
    });
  }
  return faults;
}
