import { useRef } from 'preact/hooks';
import { Button, LinkButton } from '../design/button.tsx';
import { Check, Select } from '../design/field.tsx';
import { Icon } from '../design/icon.tsx';
import { Empty, Notice } from '../design/notice.tsx';
import { ColumnsForm } from '../dropping/columns-form.tsx';
import { filesOfPicker } from '../dropping/dropped-files.ts';
import { askedTable, importChoices } from '../dropping/import-choices.ts';
import { importing } from '../dropping/importing.ts';
import { takeInFiles } from '../dropping/take-in-files.ts';
import { host } from '../host/host.ts';
import { recordings } from '../host/library.ts';
import { useListing } from '../host/listing.ts';
import { route, routeTo } from '../shell/route.ts';
import { PlayerPage } from './player-page.tsx';
import styles from './recordings-page.module.css';

/** The library of recordings, or one of them in the player. */
export function RecordingsPage() {
  const { item } = route.value;
  return item === null ? <Library /> : <PlayerPage key={item} id={item} />;
}

function Library() {
  const list = useListing(recordings);
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const known = (list.items.value ?? []).toSorted((a, b) => b.changedAt.localeCompare(a.changedAt));
  return (
    <section class={styles.page} aria-label="Recordings">
      <header class={styles.head}>
        <h1>Recordings</h1>
        <input
          ref={files}
          type="file"
          multiple
          hidden
          aria-label="Files to import"
          onChange={(event) => void takeInFiles(filesOfPicker(event.currentTarget.files!))}
        />
        <input
          ref={(element) => {
            folder.current = element;
            element?.setAttribute('webkitdirectory', '');
          }}
          type="file"
          hidden
          aria-label="Folder to import"
          onChange={(event) => void takeInFiles(filesOfPicker(event.currentTarget.files!))}
        />
        <Button icon="import" onClick={() => folder.current?.click()}>
          Import a folder
        </Button>
        <Button icon="import" onClick={() => files.current?.click()}>
          Import files
        </Button>
        <LinkButton kind="primary" icon="record" iconFilled href={routeTo('drive')}>
          Record a drive
        </LinkButton>
      </header>
      {list.problem.value && <Notice kind="danger">{list.problem.value}</Notice>}
      {importing.value.map(({ name, completed, note }) => (
        <Notice key={name}>
          {name}: {note}
          {completed !== null && `, ${Math.round(completed * 100)} %`}
        </Notice>
      ))}
      {askedTable.value !== null && <ColumnsForm key={askedTable.value.thing.name} asked={askedTable.value} />}
      <ImportChoices />
      {list.items.value !== null && known.length === 0 ? (
        <Empty
          icon="film"
          title="No recordings yet"
          actions={
            <LinkButton kind="primary" icon="record" iconFilled href={routeTo('drive', null, { driver: 'expert' })}>
              Record the expert
            </LinkButton>
          }
        >
          Drop a folder, a file or a zip archive anywhere in this window: recordings of the Udacity simulator, DonkeyCar
          tubs, comma2k19, LeRobot, MCAP, ROS bags and others are recognised. Or record a drive of your own.
        </Empty>
      ) : (
        <div class={styles.grid}>
          {known.map(({ id, name, metadata, problem, bytes, changedAt, pictured, cut }) => (
            <a key={id} class={styles.card} href={routeTo('recordings', id)}>
              {pictured ? (
                <img src={host.thumbnailAddress(id)} alt="" loading="lazy" />
              ) : (
                <div class={styles.unpictured} aria-hidden="true">
                  <Icon name="film" size={32} />
                </div>
              )}
              <div>
                <b>{name}</b>
                {problem === null ? (
                  <>
                    {metadata?.driver ?? metadata?.format ?? 'empty'}, {(bytes / 1e6).toFixed(1)} MB
                    {cut > 0 && `, ${cut} samples cut out`}
                    <br />
                    {new Date(changedAt).toLocaleString()}
                  </>
                ) : (
                  <span class={styles.problem}>{problem}</span>
                )}
              </div>
            </a>
          ))}
        </div>
      )}
    </section>
  );
}

/** How what is dropped or picked is imported. */
function ImportChoices() {
  const { pictures, skipBad } = importChoices.value;
  return (
    <details class={styles.choices}>
      <summary>How recordings are imported</summary>
      <div>
        <Select
          label="Pictures"
          value={pictures}
          options={[
            { value: 'keep', label: 'as they are, byte for byte' },
            { value: 'jpeg', label: 'all as JPEG' },
            { value: 'png', label: 'all as PNG' },
          ]}
          onChange={(wanted) => {
            importChoices.value = { ...importChoices.value, pictures: wanted };
          }}
        />
        <Check
          label="Leave bad samples out, and say how many"
          checked={skipBad}
          onChange={(wanted) => {
            importChoices.value = { ...importChoices.value, skipBad: wanted };
          }}
        />
      </div>
    </details>
  );
}
