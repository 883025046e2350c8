/** `npm run docs:options`: writes docs/training-options.md from the table of training options. */
import { writeFile } from 'node:fs/promises';
import { optionsDocument } from '../../../models/training/option-table/document.ts';

await writeFile(new URL('../../../docs/training-options.md', import.meta.url), optionsDocument());
