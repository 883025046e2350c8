import { useSignal } from '@preact/signals';
import { chooseColumns } from '../../datasets/formats/columns/choose.ts';
import type { ColumnReadings } from '../../datasets/formats/columns/readings.ts';
import { UNITS, unitInName } from '../../datasets/formats/columns/units.ts';
import { isPictureName } from '../../datasets/formats/picture-names.ts';
import { Button } from '../design/button.tsx';
import { Select } from '../design/field.tsx';
import { HeadRow } from '../design/head-row.tsx';
import { Panel } from '../design/panel.tsx';
import { go } from '../shell/route.ts';
import styles from './columns-form.module.css';
import { type AskedTable, askedTable, rememberColumns } from './import-choices.ts';
import { importFiles } from './importing.ts';

/** What is asked for: a network learns from the first three, and looks at the speed where there is one. */
const ASKED = [
  { role: 'picture', label: 'Picture' },
  { role: 'time', label: 'Time' },
  { role: 'steering', label: 'Steering' },
  { role: 'speed', label: 'Speed' },
] as const;
type Asked = (typeof ASKED)[number]['role'];

/** A column by its number from 1 as text, and what its values mean; empty where it is not said. */
interface Answer {
  readonly column: string;
  readonly unit: string;
  readonly side: 'left' | 'right';
}
type Answers = Readonly<Record<Asked, Answer>>;

/** Asks once what the columns of a table hold, with its header and its first rows. */
export function ColumnsForm({ asked }: { asked: AskedTable }) {
  const { table, thing, why } = asked;
  const answers = useSignal(firstAnswers(asked));
  const change = (role: Asked, part: Partial<Answer>) => {
    answers.value = { ...answers.value, [role]: { ...answers.value[role], ...part } };
  };
  const names = Array.from({ length: table.width }, (_, i) => table.header[i] || `column ${i + 1}`);
  const columns = [
    { value: '', label: 'none' },
    ...names.map((name, i) => ({ value: String(i + 1), label: `${i + 1}: ${name}` })),
  ];
  const { picture, steering } = answers.value;
  const ready = picture.column !== '' && steering.column !== '' && steering.unit !== '';
  const read = async () => {
    const readings = readingsOf(answers.value);
    askedTable.value = null;
    const [first] = await importFiles(thing, { ...readings, table: table.file });
    if (first === undefined) return;
    rememberColumns(table, readings);
    go('recordings', first);
  };
  return (
    <Panel title={`What do the columns of ${table.file} hold?`}>
      <p class={styles.why}>{why.split('; ')[0]}.</p>
      <div class={styles.scroll}>
        <table class={styles.table}>
          <HeadRow names={names.map((name, i) => `${i + 1}: ${name}`)} />
          <tbody>
            {table.rows.map((fields, row) => (
              <tr key={row}>
                {names.map((name, i) => (
                  <td key={`${i} ${name}`}>{fields[i] ?? ''}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div class={styles.answers}>
        {ASKED.map(({ role, label }) => (
          <fieldset key={role} class={styles.answer}>
            <legend>{label}</legend>
            <Select
              label="Column"
              value={answers.value[role].column}
              options={columns}
              onChange={(column) => change(role, { column })}
            />
            {role !== 'picture' && (
              <Select
                label="Unit"
                value={answers.value[role].unit}
                options={[
                  { value: '', label: role === 'steering' ? 'choose' : 'as it looks' },
                  ...UNITS[role].map(({ name, words }) => ({ value: name, label: words })),
                ]}
                onChange={(unit) => change(role, { unit })}
              />
            )}
            {role === 'steering' && (
              <Select
                label="Positive is"
                value={answers.value.steering.side}
                options={[
                  { value: 'left', label: 'left' },
                  { value: 'right', label: 'right' },
                ]}
                onChange={(side) => change('steering', { side })}
              />
            )}
          </fieldset>
        ))}
      </div>
      <div class={styles.actions}>
        <Button kind="primary" icon="import" disabled={!ready} onClick={() => void read()}>
          Import it so
        </Button>
        <Button
          kind="quiet"
          onClick={() => {
            askedTable.value = null;
          }}
        >
          Leave it
        </Button>
      </div>
    </Panel>
  );
}

/** What the names of the columns tell by themselves. */
function firstAnswers({ table }: AskedTable): Answers {
  const { found } = chooseColumns(table.header);
  const picture = table.first.findIndex(isPictureName);
  const answer = (role: Asked): Answer => {
    const at = found.get(role) ?? (role === 'picture' && picture >= 0 ? picture : undefined);
    if (at === undefined) return { column: '', unit: '', side: 'left' };
    const unit = unitInName(table.header[at] ?? '', role)?.name ?? '';
    return { column: String(at + 1), unit, side: 'left' };
  };
  return { picture: answer('picture'), time: answer('time'), steering: answer('steering'), speed: answer('speed') };
}

function readingsOf(answers: Answers): ColumnReadings {
  const readings: ColumnReadings = {};
  for (const { role } of ASKED) {
    const { column, unit, side } = answers[role];
    if (column === '') continue;
    readings[role] = {
      column,
      ...(unit !== '' && { unit }),
      ...(role === 'steering' && { positive: side }),
    };
  }
  return readings;
}
