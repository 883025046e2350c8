import os from 'node:os';
import path from 'node:path';

/**
 * Folders for what can be made again, the best first. The user's own only: a library loaded from a place that others
 * can write to would run their code.
 */
export function cacheFolders(): string[] {
  const home = process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache');
  const user = os.userInfo().uid;
  return [path.join(home, 'wheelhouse'), path.join(os.tmpdir(), `wheelhouse-${user}`)];
}
