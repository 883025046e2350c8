import { flagOf, type TrainingOption } from './option.ts';
import { OPTION_GROUPS, type OptionGroup } from './table.ts';
import { defaultWords, valueWords } from './words.ts';

const HEAD = `# Training options

Every option of a training, the same for \`wheelhouse train\`, \`wheelhouse search\`, the page *Train* and scripts. This page is
written from the table in \`models/training/option-table\` by \`npm run docs:options\`.

On the command line \`--options\` takes a JSON file of options by name, \`--set name=value\` wins over the file, and an option's
own flag over both; width and height share the flag \`--size 160x64\`. A dot leads into an option: \`--set schedule.factor=0.9\`.
A search tries values of any option but those marked †: they change what the validation loss means, by which settings are
compared.

    npx wheelhouse train recordings/seven --out runs/mine --batch 8 --set optimiser=adamw --schedule step
`;

/** The page of all training options, in Markdown. */
export function optionsDocument(groups: readonly OptionGroup[] = OPTION_GROUPS): string {
  return [HEAD, ...groups.map(section), formerNames(groups)].join('\n');
}

function section({ title, options }: OptionGroup): string {
  const rows = Object.entries(options).map(([name, option]) => optionLine(name, option));
  return `${[`## ${title}`, '', '| option | flag | takes | default | what it does |', '| --- | --- | --- | --- | --- |', ...rows].join('\n')}\n`;
}

/** The line of an option in its table. */
export function optionLine(name: string, option: TrainingOption): string {
  const flag = flagOf(name, option);
  const unit = option.unit === undefined ? '' : ` [${option.unit}]`;
  const source = option.source === undefined ? '' : ` (${option.source})`;
  const cells = [
    `\`${name}\`${option.changesLoss ? ' †' : ''}`,
    flag === null ? '' : `\`${flag}\``,
    `${valueWords(option)}${unit}`,
    defaultWords(option),
    `${option.help}${source}`,
  ];
  return `| ${cells.join(' | ')} |`;
}

function formerNames(groups: readonly OptionGroup[]): string {
  const lines = groups.flatMap(({ options }) =>
    Object.entries(options).flatMap(([name, { formerly }]) =>
      formerly === undefined ? [] : [`- \`${formerly}\` is called \`${name}\` now`],
    ),
  );
  return ['## Old names', '', 'They are still read, with a note.', '', ...lines, ''].join('\n');
}
