import type { VNode } from 'preact';
import { describe, expect, it } from 'vitest';
import { defaultOf } from '../../../../models/training/option-table/option.ts';
import { OPTION_TABLE } from '../../../../models/training/option-table/table.ts';
import { SAMPLE_GROUP } from '../../../../models/training/option-table/testing/sample-option.ts';
import { NumberField, Select, Slider } from '../../../design/field.tsx';
import { FIRST_OPTIONS, MORE_OPTIONS, SEEN_OPTIONS } from './form-layout.ts';
import { OptionField } from './option-field.tsx';
import { chosenOptions, firstForm, withOption } from './run-form.ts';

interface Drawn {
  readonly type: unknown;
  // What a field was given; each field has its own.
  readonly props: Readonly<Record<string, unknown>> & { onChange(value: unknown): void };
}

/** The field of an option, and what was chosen with it. */
function draw(option: (typeof OPTION_TABLE)[string], value: unknown = defaultOf(option)) {
  const chosen: unknown[] = [];
  const field = OptionField({ option, value, onChange: (now) => chosen.push(now) }) as VNode as unknown as Drawn;
  return { field, chosen };
}

describe('the form of a new run', () => {
  it('has a field for every option of the table', () => {
    const groups = [FIRST_OPTIONS, SEEN_OPTIONS, ...MORE_OPTIONS.map(({ options }) => options)];
    const names = groups.flatMap((options) => Object.keys(options));
    expect([...names].sort()).toEqual(Object.keys(OPTION_TABLE).sort());
    const values = chosenOptions(firstForm([]));
    for (const [name, option] of Object.entries(OPTION_TABLE)) {
      expect(draw(option, values[name]).field.type, name).toBeTypeOf('function');
    }
  });

  it('takes label, range, explanation and default of a field from the table', () => {
    const { field, chosen } = draw(SAMPLE_GROUP.options.labelNoise);
    expect(field.type).toBe(NumberField);
    expect(field.props).toMatchObject({
      label: 'Label noise [rad]',
      hint: 'largest noise on the steering that is learned',
      value: 0.25,
      min: 0,
    });
    expect(field.props.max).toBeLessThan(1);
    expect(field.props.max).toBeGreaterThan(0.999);
    field.props.onChange(0.5);
    expect(chosen).toEqual([0.5]);
  });

  it('shows a number by a slider, or as one of some, where the table says so', () => {
    expect(draw(OPTION_TABLE.lateralShift!).field).toMatchObject({
      type: Slider,
      props: { label: 'Sideways shift', min: 0, max: 1, step: 0.1 },
    });
    const smoothing = draw(OPTION_TABLE.smoothing!);
    expect(smoothing.field).toMatchObject({ type: Select, props: { value: 'auto' } });
    smoothing.field.props.onChange('0.4');
    smoothing.field.props.onChange('auto');
    expect(smoothing.chosen).toEqual([0.4, 'auto']);
  });

  it('gives a schedule that is chosen its usual settings', () => {
    const { field, chosen } = draw(OPTION_TABLE.schedule!);
    field.props.onChange('step');
    expect(chosen).toEqual([{ kind: 'step', epochs: 5, factor: 0.5 }]);
  });

  it('leaves a number open where that may be', () => {
    const { field, chosen } = draw(OPTION_TABLE.stepsPerEpoch!, 60);
    expect(field.props).toMatchObject({ value: 60, placeholder: 'all windows' });
    (field.props as unknown as { onClear(): void }).onClear();
    expect(chosen).toEqual([undefined]);
    const form = firstForm([]);
    expect(chosenOptions(withOption(form, 'stepsPerEpoch', undefined)).stepsPerEpoch).toBeUndefined();
    expect(chosenOptions(withOption(form, 'stride', 2)).stride).toBe(2);
  });
});
