import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { Cut } from '../../datasets/recording/edits.ts';
import { readAngleTable } from '../../models/open-loop/files/angle-table.ts';
import { layBeside } from '../../models/open-loop/files/lay-beside.ts';
import { decodeText } from '../../sim/decode-text.ts';
import { Button } from '../design/button.tsx';
import { Select } from '../design/field.tsx';
import { Panel } from '../design/panel.tsx';
import { models } from '../host/library.ts';
import { useListing } from '../host/listing.ts';
import { tellFailure } from '../shell/toasts.tsx';
import { cutAt } from './cuts.ts';
import { ModelTest } from './model-test.tsx';
import type { Player } from './player.ts';

/**
 * Whose predictions are shown beside what was recorded: a model that looks at the frames, or a table of predictions.
 * @param props.recording its id in the library
 */
export function PredictionsPanel({ player, recording }: { player: Player; recording: string }) {
  const list = useListing(models);
  const looking = useSignal('');
  const file = useSignal<string | null>(null);
  const apart = disagreement(player.predictions.value, player.recording.columns.steeringAngle, player.left.value.cuts);
  const look = async (model: string) => {
    looking.value = model;
    file.value = null;
    try {
      await player.look(model === '' ? null : model);
    } catch (error) {
      looking.value = '';
      tellFailure(error);
    }
  };
  const lay = async (chosen: File) => {
    try {
      const text = decodeText(new Uint8Array(await chosen.arrayBuffer()));
      const column = readAngleTable(text, chosen.name, 'predicted');
      await player.lay(layBeside(column, player.recording.columns.time));
      looking.value = '';
      file.value = `${chosen.name}: ${column.name}`;
    } catch (error) {
      tellFailure(error);
    }
  };
  const hint = 'Play from a place of your choice; it sees every frame from there on.';
  return (
    <Panel title="Predicted beside recorded">
      <Select
        label="Model that looks at the frames"
        value={looking.value}
        options={[
          { value: '', label: 'none' },
          ...(list.items.value ?? []).map(({ id, name }) => ({ value: id, label: name })),
        ]}
        hint={apart === null ? hint : file.value === null ? apart : `${file.value}. ${apart}`}
        onChange={(value) => void look(value)}
      />
      {looking.value !== '' && (
        <ModelTest key={looking.value} player={player} recording={recording} model={looking.value} />
      )}
      <TablePicker onPick={(chosen) => void lay(chosen)} />
    </Panel>
  );
}

/** For a table as `wheelhouse test --out` or any other program wrote it. */
function TablePicker({ onPick }: { onPick: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".csv,.tsv,.txt"
        hidden
        aria-label="Table of predictions"
        onChange={(event) => {
          const [chosen] = event.currentTarget.files ?? [];
          if (chosen) onPick(chosen);
          // Or nothing would be heard of the same file once it is mended.
          event.currentTarget.value = '';
        }}
      />
      <Button icon="import" onClick={() => input.current?.click()}>
        Predictions from a file
      </Button>
    </>
  );
}

/** How far predictions and what is left of the recording are apart in the mean; null before there is anything to compare. */
function disagreement(
  predicted: Float64Array | null,
  recorded: Float64Array | undefined,
  cuts: readonly Cut[],
): string | null {
  let sum = 0;
  let count = 0;
  predicted?.forEach((angle, i) => {
    const apart = Math.abs(angle - (recorded?.[i] ?? Number.NaN));
    if (!Number.isFinite(apart) || cutAt(cuts, i) !== undefined) return;
    sum += apart;
    count++;
  });
  if (count === 0) return null;
  return `${(((sum / count) * 180) / Math.PI).toFixed(1)}° apart in the mean of ${count} frames.`;
}
