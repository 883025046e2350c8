import { isTest, type SourceFile } from './imports.ts';

/** What each layer may import besides itself; the arrows of ARCHITECTURE.md. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  sim: [],
  datasets: ['sim'],
  models: ['datasets', 'sim'],
  evaluation: ['models', 'datasets', 'sim'],
  'host-api': ['evaluation', 'models', 'datasets', 'sim'],
  headless: ['host-api', 'evaluation', 'models', 'datasets', 'sim'],
  renderer: ['host-api', 'evaluation', 'models', 'datasets', 'sim'],
  library: ['headless', 'host-api', 'evaluation', 'models', 'datasets', 'sim'],
  packaging: ['headless', 'host-api', 'evaluation', 'models', 'datasets', 'sim'],
  electron: ['packaging', 'renderer', 'headless', 'host-api', 'evaluation', 'models', 'datasets', 'sim'],
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

/** Groups of `headless`, lowest first: none may import one that comes after it. */
const HEADLESS_GROUPS: readonly string[] = ['machine', 'work', 'shells'];

/** Faults of one source file against the layers. */
export function layerFaults(file: SourceFile): string[] {
  return [...importFaults(file), ...mathsFaults(file)];
}

function importFaults({ file, imports }: SourceFile): string[] {
  const layer = file.split('/')[0]!;
  const exempt = isTest(file) || TOOLS.has(file);
  const faults = imports.filter(({ specifier, target }) =>
    target === undefined ? !exempt && FORBIDDEN_PACKAGES[layer]?.test(specifier) : !mayImport(file, target, exempt),
  );
  return faults.map(({ specifier }) => `${file}: ${groupOf(file) ?? layer} may not import ${specifier}`);
}

function mayImport(file: string, target: string, exempt: boolean): boolean {
  const [layer, other] = [file.split('/')[0]!, target.split('/')[0]!];
  if (layer !== other) {
    // A test may reach down into the machine (the disk, the GPU) to try the real thing.
    return !LAYERS.includes(other) || MAY_IMPORT[layer]!.includes(other) || (exempt && other === 'headless');
  }
  const [group, below] = [groupOf(file), groupOf(target)];
  if (exempt || group === undefined || below === undefined) return true;
  return HEADLESS_GROUPS.indexOf(below) <= HEADLESS_GROUPS.indexOf(group);
}

/** The group of `headless` that a file belongs to. */
function groupOf(file: string): string | undefined {
  const [layer, group] = file.split('/');
  return layer === 'headless' && HEADLESS_GROUPS.includes(group!) ? group : undefined;
}

function mathsFaults({ file, source }: SourceFile): string[] {
  if (!file.startsWith('sim/') || isTest(file) || /^sim\/(scene|camera)\//.test(file)) return [];
  return source.split('\n').flatMap((line, index) => {
    const code = line.replace(/^\s*(\*|\/\/|\/\*).*/, '').replace(/\/\/.*/, '');
    const inexact = INEXACT_MATHS.exec(code)?.[0] ?? (/[\w)\]]\s*\*\*=?\s*[\w(]/.test(code) ? '**' : undefined);
    if (inexact === undefined) return [];
    return [`${file}:${index + 1}: ${inexact} differs between engines; use sim/maths/deterministic.ts`];
  });
}
