import { Refusal } from '../../../sim/refusal.ts';

/** What the operating system says of a disk, in words; how a person mends it. */
const FAULTS: Readonly<Record<string, readonly [code: string, what: string, mend: string]>> = {
  ENOSPC: ['disk-full', 'the disk is full', 'free some space, or write to another disk'],
  EDQUOT: ['disk-full', 'the space that this account may use is full', 'free some space, or write to another disk'],
  EFBIG: [
    'disk-full',
    'the file would be larger than the disk or a limit allows',
    'write to another disk, or raise `ulimit -f`',
  ],
  EACCES: ['no-permission', 'permission is lacking (EACCES)', 'give this account the right, or name another place'],
  EPERM: ['no-permission', 'permission is lacking (EPERM)', 'give this account the right, or name another place'],
  EROFS: ['no-permission', 'the disk is read-only (EROFS)', 'name a place on another disk'],
  EMFILE: [
    'too-many-files',
    'this process has too many files open',
    'raise `ulimit -n`, or read fewer recordings at once',
  ],
  ENFILE: ['too-many-files', 'this machine has too many files open', 'close other programs, or raise the limit'],
  EIO: ['disk-fault', 'the disk cannot be read or written (EIO)', 'check the disk, and copy what is on it'],
  ENAMETOOLONG: ['long-name', 'the name is too long for this disk', 'choose a shorter one'],
};

/**
 * A fault of the disk as a refusal that a person can act on.
 * @param where the file or folder that was meant
 * @returns undefined for any other error
 */
export function diskRefusal(error: unknown, where: string): Refusal | undefined {
  const fault = FAULTS[(error as NodeJS.ErrnoException | null)?.code ?? ''];
  if (fault === undefined || error instanceof Refusal) return undefined;
  const [code, what, mend] = fault;
  return new Refusal(code, where, what, mend);
}

/** Works on the disk; faults of it are refused by name of the file. @param where e.g. the folder that is written */
export async function onDisk<T>(where: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw diskRefusal(error, where) ?? error;
  }
}
