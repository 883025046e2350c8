import type { AppendHandle, FileStorage } from '../storage/storage.ts';

/** Text that waits to be written [UTF-16 units]. */
const WAITING = 65_536;

/** A text file that is written line by line, a little at a time. */
export class TextFile {
  readonly #file: AppendHandle;
  #text = '';

  private constructor(file: AppendHandle) {
    this.#file = file;
  }

  /** Starts a file, over one that is there. */
  static async start(storage: FileStorage, path: string): Promise<TextFile> {
    return new TextFile(await storage.openAppend(path, { truncateTo: 0 }));
  }

  async line(text: string): Promise<void> {
    this.#text += `${text}\n`;
    if (this.#text.length >= WAITING) await this.#write();
  }

  async close(): Promise<void> {
    try {
      await this.#write();
    } finally {
      await this.#file.close();
    }
  }

  async #write(): Promise<void> {
    if (this.#text === '') return;
    const bytes = new TextEncoder().encode(this.#text);
    this.#text = '';
    await this.#file.append(bytes);
  }
}
