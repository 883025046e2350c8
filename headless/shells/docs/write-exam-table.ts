/** `npm run docs:exam`: writes the table of metrics into docs/exam.md. */
import { readFile, writeFile } from 'node:fs/promises';
import { withExamTable } from '../../../evaluation/metrics/exam-table.ts';

const file = new URL('../../../docs/exam.md', import.meta.url);
await writeFile(file, withExamTable(await readFile(file, 'utf8')));
