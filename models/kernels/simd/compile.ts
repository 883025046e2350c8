import asc from 'assemblyscript/asc';

/** The AssemblyScript sources, in the folder `source`, by name without extension. */
export const SOURCES = ['index', 'product', 'outer', 'elementwise', 'lstm'] as const;

/**
 * Compiles the kernels to a wasm module that imports the backend's memory and brings no data of its own.
 * @param sources text by name
 * @throws Error with the compiler's messages
 */
export async function compileKernels(sources: ReadonlyMap<string, string>): Promise<Uint8Array> {
  let binary: Uint8Array | undefined;
  const { error, stderr } = await asc.main(
    // `stub` has no allocator; without assertions nothing refers to static text: the module's memory stays the backend's.
    [
      'index.ts',
      '--outFile',
      'kernels.wasm',
      '-O3',
      '--noAssert',
      '--runtime',
      'stub',
      '--importMemory',
      '--noExportMemory',
      '--enable',
      'simd',
    ],
    {
      readFile: (name: string) => sources.get(name.replace(/\.ts$/, '')) ?? null,
      writeFile: (name: string, contents: string | Uint8Array) => {
        if (name === 'kernels.wasm') binary = contents as Uint8Array;
      },
      listFiles: () => [],
    },
  );
  if (error !== null || binary === undefined) throw new Error(`${error?.message ?? 'no binary'}\n${stderr.toString()}`);
  return binary;
}
