import { RUN_FILE, RUN_FOLDER_NAMES } from '../../models/runs/layout.ts';

/** A file with its path inside what was dropped or picked. */
export interface DroppedFile {
  readonly path: string;
  readonly file: File;
}

/** All files of a drop, folders included. Must be called while the drop is being handled. */
export async function filesOfDrop(transfer: DataTransfer): Promise<DroppedFile[]> {
  // The list of items is emptied when the handler returns, so the entries are taken out at once.
  const items = [...transfer.items].map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  const found: DroppedFile[] = [];
  for (const { entry, file } of items) {
    if (entry !== null) await collect(entry, '', found);
    else if (file !== null) found.push({ path: file.name, file });
  }
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

/** What makes up one thing among the files that were dropped. */
export interface DroppedThing {
  readonly kind: 'model' | 'run' | 'recording' | 'suite';
  /** What a person would call it. */
  readonly name: string;
  /** Its files, with their paths inside of it. */
  readonly files: readonly DroppedFile[];
}

/**
 * Tells apart what was dropped at once: each folder is one thing, and so is each file that holds a whole recording; other
 * loose files belong together. A folder is a run when a `run.json` lies in it, a model when a `model.json` and weights
 * do; a `.json` alone is a suite.
 * @param whole extensions of files that hold a whole recording each, lower case, without the dot
 */
export function thingsIn(files: readonly DroppedFile[], whole: readonly string[]): DroppedThing[] {
  const groups = new Map<string, DroppedFile[]>();
  for (const dropped of files) {
    const { top, inner } = split(dropped.path);
    const isWhole = inner === undefined && whole.includes(dropped.path.split('.').at(-1)!.toLowerCase());
    const key = inner !== undefined ? `folder ${top}` : isWhole ? `file ${dropped.path}` : 'loose';
    groups.set(key, [...(groups.get(key) ?? []), dropped]);
  }
  return [...groups.values()].map((group) => {
    const name = nameOf(group);
    const inside = group.map(({ path, file }) => ({ path: split(path).inner ?? path, file }));
    if (inside.some(({ path }) => path === RUN_FILE)) {
      return { kind: 'run', name, files: inside.filter(({ path }) => RUN_FOLDER_NAMES.includes(split(path).top)) };
    }
    const isModel = ['model.json', 'weights.bin'].every((part) => inside.some(({ path }) => path === part));
    if (group.length === 1 && split(group[0]!.path).inner === undefined && /\.json$/i.test(group[0]!.path)) {
      return { kind: 'suite', name, files: inside };
    }
    if (!isModel) return { kind: 'recording', name, files: inside };
    return { kind: 'model', name, files: inside.filter(({ path }) => /^(model\.json|weights\.bin)$/.test(path)) };
  });
}

function split(path: string): { top: string; inner: string | undefined } {
  const slash = path.indexOf('/');
  return slash < 0 ? { top: path, inner: undefined } : { top: path.slice(0, slash), inner: path.slice(slash + 1) };
}

function nameOf(group: readonly DroppedFile[]): string {
  const { top, inner } = split(group[0]!.path);
  if (inner !== undefined) return top;
  return group.length === 1 ? top.replace(/\.[^.]+$/, '') : 'Dropped files';
}
