import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** One mention of another module in a source file. */
export interface Import {
  /** As it is written: `./a.ts`, `zod`, `node:fs`. */
  readonly specifier: string;
  /** The file that a relative specifier leads to, from the repository's root, with `/`; undefined for packages. */
  readonly target: string | undefined;
}

/** A source file and what it imports. */
export interface SourceFile {
  /** From the repository's root, with `/`. */
  readonly file: string;
  readonly source: string;
  readonly imports: readonly Import[];
}

/** Types count as well; `new URL('…', import.meta.url)` is how workers, processes and data are named. */
const MENTION = /(?:\b(?:from|import)\s*|\bimport\(\s*)(['"])([^'"\n]+)\1|\bnew URL\(\s*(['"])(\.[^'"\n]+)\3/g;

/** What stands in a file, as the checks of this folder see it. */
export function sourceFile(file: string, source: string): SourceFile {
  const imports = [...source.matchAll(MENTION)].map(([, , imported, , located]): Import => {
    const specifier = imported ?? located!;
    const target = specifier.startsWith('.')
      ? path.posix.join(path.posix.dirname(file), specifier.replace(/\?.*$/, ''))
      : undefined;
    return { specifier, target };
  });
  return { file, source, imports };
}

/** All TypeScript below some folders of the repository; a folder that is not there has none. */
export function readSources(root: string, folders: readonly string[]): SourceFile[] {
  const filesIn = (folder: string): string[] => {
    try {
      return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.tsx?$/.test(name))
        .map((name) => `${folder}/${name.replaceAll(path.sep, '/')}`);
    } catch {
      return [];
    }
  };
  return folders.flatMap(filesIn).map((file) => sourceFile(file, readFileSync(path.join(root, file), 'utf8')));
}

/** Whether this is a test, or something that tests share: a folder or a file of that name. */
export function isTest(file: string): boolean {
  return /\.test(ing)?\.tsx?$|\/testing\//.test(file);
}
