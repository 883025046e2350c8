const PICTURE = /\.(?:jpe?g|png)$/i;

/** Whether a file or a field of a table is called as pictures are. */
export function isPictureName(name: string): boolean {
  return PICTURE.test(name);
}

/** A picture's name without its ending. */
export function stemOf(name: string): string {
  return name.replace(PICTURE, '');
}

/** The file name in a path of any system. */
export function lastPart(path: string): string {
  return path.split(/[\\/]/).at(-1)!.trim();
}
