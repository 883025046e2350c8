import type { FileStorage } from '../storage/storage.ts';
import { badSample } from './bad-samples.ts';
import { isPictureName, lastPart, stemOf } from './picture-names.ts';
import { pictureNumbers } from './picture-numbers.ts';

/** Folders in folders that are looked into. */
const DEEPEST = 4;

/**
 * All pictures of a recording's folder, found by what tables call them: any style of path, also one of another machine, a
 * file name, a name without its ending, or the number in it.
 */
export class PictureIndex {
  readonly #storage: FileStorage;
  /** Paths by file name and by file name without ending, lower case. */
  readonly #byName = new Map<string, string[]>();
  readonly #paths: string[] = [];
  /** Paths of pictures that were found under another ending than they were asked for. */
  readonly #otherwise = new Set<string>();
  /** Paths by the numbers in their names, once somebody asks for one. */
  #byNumber: ReadonlyMap<number, string> | undefined;

  private constructor(storage: FileStorage) {
    this.#storage = storage;
  }

  static async of(storage: FileStorage): Promise<PictureIndex> {
    const index = new PictureIndex(storage);
    await index.#look('', 0);
    return index;
  }

  /** How many pictures there are. */
  get count(): number {
    return this.#paths.length;
  }

  /** How many pictures were found that have another ending than a table says. */
  get otherEndings(): number {
    return this.#otherwise.size;
  }

  /** Whether there is a picture of this name, whatever its folder. */
  has(named: string): boolean {
    return this.#candidates(named).length > 0;
  }

  /**
   * The path of a picture. Of several with its name it is the one whose folders are called the most alike.
   * @param named what a table calls it
   * @param where file, line and field, for refusals
   * @throws Refusal where there is none, or where two are as likely
   */
  find(named: string, where: string): string {
    const candidates = this.#candidates(named);
    if (candidates.length === 0) {
      const mend = 'add the picture, delete the line, or skip bad samples (--skip-bad)';
      throw badSample(where, `the picture ${lastPart(named)} is missing`, mend);
    }
    if (isPictureName(named) && !candidates[0]!.toLowerCase().endsWith(lastPart(named).toLowerCase())) {
      this.#otherwise.add(candidates[0]!);
    }
    if (candidates.length === 1) return candidates[0]!;
    const alike = candidates.map((path) => commonEnd(path, named));
    const most = Math.max(...alike);
    const [best, other] = candidates.filter((_, i) => alike[i] === most);
    if (other === undefined) return best!;
    const what = `${best} and ${other} may both be the picture ${lastPart(named)}`;
    throw badSample(where, what, 'write the path of the one that is meant, or move the other away');
  }

  #candidates(named: string): readonly string[] {
    const name = lastPart(named).toLowerCase();
    // Some convert all pictures and leave the table as it was.
    const paths = this.#byName.get(name) ?? this.#byName.get(stemOf(name));
    if (paths !== undefined || !/^\d{1,15}$/.test(name)) return paths ?? [];
    this.#byNumber ??= new Map(pictureNumbers(this.#paths)?.map((number, i) => [number, this.#paths[i]!]));
    const numbered = this.#byNumber.get(Number(name));
    return numbered === undefined ? [] : [numbered];
  }

  async #look(folder: string, depth: number): Promise<void> {
    for (const { name, kind } of await this.#storage.list(folder)) {
      // What macOS puts beside the files that it packs.
      if (name.startsWith('.') || name === '__MACOSX') continue;
      const path = folder === '' ? name : `${folder}/${name}`;
      if (kind === 'folder' && depth < DEEPEST) await this.#look(path, depth + 1);
      if (kind === 'file' && isPictureName(name)) this.#add(path, name.toLowerCase());
    }
  }

  #add(path: string, name: string): void {
    this.#paths.push(path);
    for (const key of [name, stemOf(name)]) {
      const paths = this.#byName.get(key);
      if (paths === undefined) this.#byName.set(key, [path]);
      else paths.push(path);
    }
  }
}

/** How many folders before the file name are called the same in both. */
function commonEnd(path: string, named: string): number {
  const [ours, theirs] = [path.split('/').reverse(), named.split(/[\\/]/).reverse()];
  let count = 1;
  while (count < ours.length && ours[count]!.toLowerCase() === theirs[count]?.toLowerCase()) count++;
  return count;
}
