import { COMMAND_LINE_OFFERS } from '../../../evaluation/drivers/offers.ts';
import { kindsFor, syntaxOf } from '../../../evaluation/drivers/registry.ts';

const KINDS = kindsFor(COMMAND_LINE_OFFERS);
const ROWS = KINDS.map((kind) => [syntaxOf(kind, KINDS), kind.description] as const);
const WIDTH = Math.max(...ROWS.map(([syntax]) => syntax.length)) + 2;

/** How the drivers are written that a command can open, for the line of an option in `--help`. */
export const DRIVER_SYNTAX = ROWS.map(([syntax]) => syntax).join(', ');

/** What each of them is, a line each, for the end of `--help`. */
export const DRIVER_HELP = ['', 'Drivers:', ...ROWS.map(([syntax, text]) => `  ${syntax.padEnd(WIDTH)}${text}`)].join(
  '\n',
);
