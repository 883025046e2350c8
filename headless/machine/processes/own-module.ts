import { fileURLToPath } from 'node:url';

/** What a process or a thread of Node is started with. */
export interface Program {
  /** Path of a JavaScript file. */
  readonly file: string;
  readonly args: readonly string[];
}

/** Whether we run as TypeScript, in a checkout, or as the JavaScript that was built of it: asked in this one place. */
export const FROM_SOURCE = import.meta.url.endsWith('.ts');

/**
 * How one of our modules is started where nothing is known of TypeScript: from its source through the loader, built as it is.
 * @param module as its source is called: `new URL('./answer.ts', import.meta.url)`
 * @param args what the module finds from `process.argv[2]` on
 */
export function ownModule(module: URL, args: readonly string[] = []): Program {
  if (!FROM_SOURCE) return { file: fileURLToPath(module).replace(/\.ts$/, '.js'), args };
  return { file: fileURLToPath(new URL('from-source.mjs', import.meta.url)), args: [fileURLToPath(module), ...args] };
}
