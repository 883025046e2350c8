/** The parts of a path of any system, without empty ones. */
function partsOf(path: string): string[] {
  return path.split(/[\\/]/).filter((part) => part !== '' && part !== '.');
}

/**
 * What a recording is called that was read from a place and has no name of its own: the last part of its path. The rest is
 * the private business of whoever has it on the disk.
 */
export function nameOfPlace(path: string): string {
  return partsOf(path).at(-1) ?? path;
}

/** The name that a recording keeps, without the folders before it where it is a path that leads anywhere on a disk. */
export function withoutFolders(name: string): string {
  return /^([A-Za-z]:)?[\\/]|^\.{1,2}[\\/]/.test(name) ? nameOfPlace(name) : name;
}

/** Names that tell recordings of these places apart: as many last parts of each path as it takes. */
export function distinctNames(paths: readonly string[]): string[] {
  const parts = paths.map(partsOf);
  const counts = parts.map(() => 1);
  const nameOf = (i: number) => parts[i]!.slice(-counts[i]!).join('/') || paths[i]!;
  for (;;) {
    const names = parts.map((_, i) => nameOf(i));
    const alike = names.map((name, i) => names.indexOf(name) !== i || names.lastIndexOf(name) !== i);
    const longer = alike.map((isAlike, i) => isAlike && counts[i]! < parts[i]!.length);
    if (!longer.some(Boolean)) return names;
    longer.forEach((isLonger, i) => {
      if (isLonger) counts[i]!++;
    });
  }
}
