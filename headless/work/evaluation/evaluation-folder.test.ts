import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FileStorage } from '../../../datasets/storage/storage.ts';
import { intoEvaluationFolder, openEvaluation } from './evaluation-folder.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'wheelhouse-evaluation-'));
});
afterEach(() => rm(root, { recursive: true }));

async function writeAll(files: FileStorage, text: string): Promise<void> {
  for (const name of ['drives/0.json', 'report.html', 'evaluation.json']) await files.write(name, text);
}

describe('the folder of an evaluation', () => {
  it('gets one when it is whole, in the place of an earlier one', async () => {
    const folder = path.join(root, 'deep', 'out');
    await intoEvaluationFolder(folder, async (files) => {
      await writeAll(files, 'first');
      await files.write('drives/1.json', 'first');
      expect(await readdir(folder)).not.toContain('evaluation.json');
    });
    await writeFile(path.join(folder, 'notes.txt'), 'mine');
    await intoEvaluationFolder(folder, (files) => writeAll(files, 'second'));
    expect((await readdir(folder)).sort()).toEqual(['drives', 'evaluation.json', 'notes.txt', 'report.html']);
    expect(await readdir(path.join(folder, 'drives'))).toEqual(['0.json']);
    expect(await readFile(path.join(folder, 'report.html'), 'utf8')).toBe('second');
  });

  it('stays as it was where the evaluation fails', async () => {
    const folder = path.join(root, 'out');
    const fail = async (files: FileStorage) => {
      await files.write('report.html', 'half');
      throw new Error('stopped');
    };
    await expect(intoEvaluationFolder(path.join(folder, 'new'), fail)).rejects.toThrow('stopped');
    expect(await readdir(root)).toEqual([]);
    await intoEvaluationFolder(folder, (files) => writeAll(files, 'first'));
    await expect(intoEvaluationFolder(folder, fail)).rejects.toThrow('stopped');
    expect((await readdir(folder)).sort()).toEqual(['drives', 'evaluation.json', 'report.html']);
    expect(await readFile(path.join(folder, 'report.html'), 'utf8')).toBe('first');
  });

  it('is refused where it cannot be made, before anything is driven', async () => {
    const file = path.join(root, 'file');
    await writeFile(file, '');
    const drive = () => Promise.reject(new Error('driven'));
    await expect(intoEvaluationFolder(path.join(file, 'out'), drive)).rejects.toThrow(/file\/out: cannot be made/);
  });

  it('is read by its name or that of its document, through links as well', async () => {
    await mkdir(path.join(root, 'real'));
    await writeFile(path.join(root, 'real', 'evaluation.json'), '[]');
    await symlink(path.join(root, 'real', 'evaluation.json'), path.join(root, 'link.json'));
    for (const name of ['real', 'real/evaluation.json', 'link.json']) {
      await expect(openEvaluation(path.join(root, name))).rejects.toThrow(/the document: /);
    }
    await expect(openEvaluation(path.join(root, 'none'))).rejects.toThrow(
      /none: there is no such file; give the folder/,
    );
  });
});
