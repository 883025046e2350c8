import { Refusal } from '../../sim/refusal.ts';

/**
 * The parts of a storage path, checked: relative, forward slashes, nothing that leads out of the folder.
 * @param root name of the storage, for the message
 * @throws Refusal `bad-path`
 */
export function pathParts(root: string, path: string): string[] {
  const refuse = (what: string): never => {
    throw new Refusal(
      'bad-path',
      `${root}: ${JSON.stringify(path)}`,
      what,
      'use a path relative to the folder, with forward slashes and without ".."',
    );
  };
  if (path.includes('\0')) refuse('the path holds a zero byte');
  if (path.includes('\\')) refuse('the path holds a backslash');
  if (path.startsWith('/')) refuse('the path is absolute');
  if (/^[A-Za-z]:/.test(path)) refuse('the path has a drive letter');
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) refuse('the path leads out of the folder');
  return parts;
}

/** As `pathParts`, joined again and refused when nothing is left: a path that names a file. */
export function filePath(root: string, path: string): string {
  const parts = pathParts(root, path);
  if (parts.length === 0) {
    throw new Refusal('bad-path', `${root}: ${JSON.stringify(path)}`, 'the path names no file', 'name a file');
  }
  return parts.join('/');
}

/** The refusal for a file that should not be there yet. */
export function takenFile(root: string, path: string): Refusal {
  return new Refusal('file-exists', `${root}/${path}`, 'there is such a file already', 'delete it first');
}

/** The refusal for a file that should be there. */
export function missingFile(root: string, path: string): Refusal {
  return new Refusal('missing-file', `${root}/${path}`, 'there is no such file', 'add it, or check the folder given');
}
