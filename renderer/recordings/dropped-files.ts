/** A file with its path inside what was dropped or picked. */
export interface DroppedFile {
  readonly path: string;
  readonly file: File;
}

/** All files of a drop, folders included. Must be called while the drop is being handled. */
export async function filesOfDrop(transfer: DataTransfer): Promise<DroppedFile[]> {
  // The list of items is emptied when the handler returns, so the entries are taken out at once.
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  const found: DroppedFile[] = [];
  for (const entry of entries) await collect(entry, '', found);
  return found;
}

/** All files of a file or folder picker. */
export function filesOfPicker(list: FileList): DroppedFile[] {
  return [...list].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
}

async function collect(entry: FileSystemEntry, folder: string, found: DroppedFile[]): Promise<void> {
  const path = `${folder}${entry.name}`;
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => {
      (entry as FileSystemFileEntry).file(resolve, reject);
    });
    found.push({ path, file });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    // A reader gives at most a hundred entries at a time.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (some.length === 0) return;
    for (const child of some) await collect(child, `${path}/`, found);
  }
}

/** What a person would call what was dropped. */
export function nameOfDrop(files: readonly DroppedFile[]): string {
  const first = files[0]?.path.split('/') ?? [];
  const top = first[0] ?? '';
  if (first.length > 1 && files.every(({ path }) => path.startsWith(`${top}/`))) return top;
  return files.length === 1 ? top.replace(/\.[^.]+$/, '') : 'Imported recording';
}
