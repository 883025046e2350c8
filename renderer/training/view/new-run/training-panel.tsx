import { Notice } from '../../../design/notice.tsx';
import { Panel } from '../../../design/panel.tsx';
import { FIRST_OPTIONS } from './form-layout.ts';
import { MoreOptions } from './more-options.tsx';
import type { FormPanelProps } from './network-panel.tsx';
import { OptionFields } from './option-fields.tsx';

/** How long and how fast it learns; the rest under “More options”. */
export function TrainingPanel(props: FormPanelProps) {
  const { form, reading, change } = props;
  return (
    <Panel title="Training">
      <OptionFields options={FIRST_OPTIONS} form={form} change={change} />
      <MoreOptions {...props} />
      {reading.dataProblem !== undefined && <Notice kind="danger">{reading.dataProblem}</Notice>}
    </Panel>
  );
}
