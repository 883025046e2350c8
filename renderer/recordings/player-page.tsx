import { useComputed, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { addCut, type Cut, samplesCut } from '../../datasets/recording/edits.ts';
import type { RecordingDetails } from '../../host-api/contract.ts';
import { counted } from '../../sim/counted.ts';
import { Button, LinkButton } from '../design/button.tsx';
import { Segments } from '../design/field.tsx';
import { FrameCanvas } from '../design/frame-canvas.tsx';
import { Notice } from '../design/notice.tsx';
import { Panel } from '../design/panel.tsx';
import { takesKeys } from '../drive/controls/keyboard.ts';
import { canReplay } from '../drive/session/recorded-drive.ts';
import { importAgain } from '../dropping/importing.ts';
import { host } from '../host/host.ts';
import { recordings } from '../host/library.ts';
import { go, routeTo } from '../shell/route.ts';
import { tell, tellFailure } from '../shell/toasts.tsx';
import { cutAt, restoreAt } from './cuts.ts';
import type { EditHistory } from './edit-history.ts';
import { FindingsPanel } from './findings/findings-panel.tsx';
import { type Mend, withMend } from './findings/mends.ts';
import { NameField } from './name-field.tsx';
import { OverlayWheel } from './overlay-wheel.tsx';
import type { Player } from './player.ts';
import { PredictionsPanel } from './predictions-panel.tsx';
import styles from './recordings-page.module.css';
import { SteeringHistogram } from './steering-histogram.tsx';
import { Timeline } from './timeline.tsx';
import { useRecording } from './use-recording.ts';

/** One recording: look at it frame by frame, with a model's opinion beside it, and cut it. */
export function PlayerPage({ id }: { id: string }) {
  const { details, player, edits, failure } = useRecording(id);
  const name = edits.value?.current.value.name ?? details.value?.metadata?.name ?? details.value?.name ?? id;
  const remove = async () => {
    if (!confirm(`Delete the recording “${name}” with all its frames?`)) return;
    try {
      await host.remove('recordings', id);
      await recordings.refresh();
      go('recordings');
    } catch (error) {
      tellFailure(error);
    }
  };

  return (
    <div class={styles.page}>
      <header class={styles.head}>
        <LinkButton kind="quiet" icon="back" href={routeTo('recordings')}>
          Recordings
        </LinkButton>
        {edits.value === null ? (
          <h1>{details.value?.name ?? id}</h1>
        ) : (
          <NameField name={name} onRename={(wanted) => void edits.value?.change({ name: wanted }).catch(tellFailure)} />
        )}
        {player.value && canReplay(player.value.recording) && (
          <LinkButton icon="wheel" href={routeTo('drive', null, { replay: id })}>
            Watch on the road
          </LinkButton>
        )}
        <LinkButton kind="primary" icon="learn" href={routeTo('train', null, { recordings: id })}>
          Train on it
        </LinkButton>
        <Button icon="trash" kind="danger" onClick={() => void remove()}>
          Delete
        </Button>
      </header>
      {failure.value && <Notice kind="danger">{failure.value}</Notice>}
      {player.value && edits.value && details.value && (
        <Screen player={player.value} edits={edits.value} details={details.value} />
      )}
    </div>
  );
}

interface ScreenProps {
  readonly player: Player;
  readonly edits: EditHistory;
  readonly details: RecordingDetails;
}

function Screen({ player, edits, details }: ScreenProps) {
  const from = useSignal<number | null>(null);
  const selection = from.value === null ? null : between(from.value, player.index.value);
  const save = (cuts: readonly Cut[]) => void edits.change({ cuts: [...cuts] }).catch(tellFailure);
  const cut = () => {
    if (from.value === null) return;
    save(addCut(player.cuts.value, between(from.value, player.index.value)));
    from.value = null;
  };
  const takeBack = () => void edits.takeBack().catch(tellFailure);
  const mend = async (wanted: Mend) => {
    if (wanted.kind === 'clock') {
      const name = edits.current.value.name ?? details.name;
      const [first] = await importAgain({ recording: details.id, name, clock: wanted.clock });
      if (first !== undefined) go('recordings', first);
      return;
    }
    await edits.change(withMend(edits.current.value, wanted, player.recording));
    tell('Mended. The samples stay as they were recorded: Undo takes it back.');
  };

  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (takesKeys(event)) return;
      if ((event.ctrlKey || event.metaKey) && event.code === 'KeyZ') takeBack();
      else if (event.code === 'Space') player.playing.value ? player.pause() : player.play();
      else if (event.code === 'ArrowRight') player.seek(player.index.value + (event.shiftKey ? 20 : 1));
      else if (event.code === 'ArrowLeft') player.seek(player.index.value - (event.shiftKey ? 20 : 1));
      else if (event.code === 'KeyI') from.value = player.index.value;
      else if (event.code === 'Delete' || event.code === 'KeyX') cut();
      else return;
      event.preventDefault();
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, [player, edits]);

  const inCut = cutAt(player.cuts.value, player.index.value);
  return (
    <div class={styles.player}>
      <div class={styles.stack}>
        <div class={styles.screen} key={player}>
          <FrameCanvas frame={player.frame} label="The frame that is shown" />
          <div class={styles.wheels}>
            <OverlayWheel angle={player.recorded} colour="driver" name="Recorded" />
            {player.predicted.value !== null && (
              <OverlayWheel angle={{ value: player.predicted.value }} colour="model" name="Predicted" />
            )}
          </div>
        </div>
        {player.problem.value && <Notice kind="warning">{player.problem.value}</Notice>}
        <Timeline key={player} player={player} selection={selection} />
        <Scrubber key={player} player={player} />
        <div class={styles.bar} role="toolbar" aria-label="Player">
          <Button
            kind="primary"
            icon={player.playing.value ? 'pause' : 'play'}
            iconFilled={!player.playing.value}
            onClick={() => (player.playing.value ? player.pause() : player.play())}
          >
            {player.playing.value ? 'Pause' : 'Play'}
          </Button>
          <Segments
            label="Pace"
            value={String(player.rate.value)}
            options={[
              { value: '0.25', label: '¼' },
              { value: '1', label: '1×' },
              { value: '4', label: '4×' },
            ]}
            onChange={(rate) => {
              player.rate.value = Number(rate);
              player.seek(player.index.value);
            }}
          />
          <Button
            icon="cut"
            pressed={from.value !== null}
            onClick={() => {
              from.value = from.value === null ? player.index.value : null;
            }}
          >
            Select from here
          </Button>
          <Button kind="danger" icon="cut" disabled={selection === null} onClick={cut}>
            Cut it out
          </Button>
          {inCut && (
            <Button icon="undo" onClick={() => save(restoreAt(player.cuts.value, player.index.value))}>
              Restore this cut
            </Button>
          )}
          <Button icon="undo" disabled={!edits.canTakeBack.value} onClick={takeBack}>
            Undo
          </Button>
        </div>
        <FindingsPanel
          id={details.id}
          onMend={mend}
          onShow={(index) => {
            player.pause();
            player.seek(index);
          }}
        />
      </div>
      <Facts key={player} player={player} details={details} />
    </div>
  );
}

/** What lies between two samples, both included. */
function between(one: number, other: number): Cut {
  return { start: Math.min(one, other), end: Math.max(one, other) + 1 };
}

function Scrubber({ player }: { player: Player }) {
  const value = useComputed(() => player.index.value);
  return (
    <input
      class={styles.scrub}
      type="range"
      min={0}
      max={player.length - 1}
      step={1}
      value={value.value}
      aria-label="Place in the recording"
      aria-valuetext={`${(player.recording.columns.time[value.value] ?? 0).toFixed(2)} s`}
      onInput={(event) => player.seek(event.currentTarget.valueAsNumber)}
    />
  );
}

function Facts({ player, details }: { player: Player; details: RecordingDetails }) {
  const { columns, metadata } = player.recording;
  const left = player.left.value;
  const index = player.index.value;
  const at = (name: string, factor: number, unit: string, digits = 1) => {
    const value = columns[name]?.[index];
    return value === undefined || Number.isNaN(value) ? '–' : `${(value * factor).toFixed(digits)} ${unit}`;
  };
  const camera = metadata.cameras[player.camera];
  const facts: [string, string][] = [
    ['Sample', `${index + 1} of ${player.length}`],
    ['Time', at('time', 1, 's', 2)],
    ['Steering', at('steeringAngle', 180 / Math.PI, '°')],
    ['Speed', at(columns.measuredSpeed ? 'measuredSpeed' : 'speed', 3.6, 'km/h')],
    ['Torque', at('torque', 1, 'N·m', 2)],
    ['Cut out', counted(samplesCut(left.cuts), 'sample')],
    ['Left of the cuts', counted(left.length, 'sample')],
    ['Duration', `${details.duration.toFixed(1)} s, ${metadata.rate.toFixed(0)} Hz`],
    ['Runs without a gap', String(left.segments.length)],
    ['Frames', camera ? `${camera.width} × ${camera.height}` : '–'],
    ['Driver', metadata.driver ?? '–'],
    ['Format', metadata.format],
  ];
  return (
    <aside class={styles.stack} aria-label="About the recording">
      <PredictionsPanel player={player} recording={details.id} />
      <Panel title="Here">
        <dl class={styles.facts}>
          {facts.map(([name, value]) => [<dt key={name}>{name}</dt>, <dd key={`${name}=`}>{value}</dd>])}
        </dl>
      </Panel>
      {left.columns.steeringAngle && (
        <Panel title="Steering angles">
          <SteeringHistogram angles={left.columns.steeringAngle} />
        </Panel>
      )}
    </aside>
  );
}
