import * as tf from '../../tf.ts';
import { type GradientRule, spread, sumTo } from './rule.ts';

const like = (dy: unknown, x: tf.Tensor): tf.Tensor => tf.reshape(dy as tf.Tensor, x.shape);

/** Operations that move numbers about, repeat them, or add them up. */
export const SHAPE: readonly GradientRule[] = [
  { kernelName: 'Reshape', inputsToSave: ['x'], gradFunc: (dy, [x]) => ({ x: () => like(dy, x!) }) },
  { kernelName: 'ExpandDims', inputsToSave: ['input'], gradFunc: (dy, [x]) => ({ input: () => like(dy, x!) }) },
  {
    kernelName: 'Sum',
    inputsToSave: ['x'],
    gradFunc: (dy, [x], { axis }) => ({ x: () => spread(dy as tf.Tensor, x!.shape, axis as number[]) }),
  },
  {
    kernelName: 'Mean',
    inputsToSave: ['x'],
    gradFunc: (dys, [x], { axis }) => {
      const dy = dys as tf.Tensor;
      return { x: () => tf.mul(spread(dy, x!.shape, axis as number[]), dy.size / x!.size) };
    },
  },
  {
    kernelName: 'BroadcastTo',
    inputsToSave: ['x'],
    gradFunc: (dy, [x]) => ({ x: () => sumTo(dy as tf.Tensor, x!.shape) }),
  },
  {
    kernelName: 'Tile',
    inputsToSave: ['x'],
    gradFunc: (dy, [x], { reps }) => ({
      x: () => {
        // Split every axis into (repetitions, length) and add up the repetitions.
        const repetitions = reps as number[];
        const split = x!.shape.flatMap((length, axis) => [repetitions[axis]!, length]);
        const axes = x!.shape.map((_, axis) => 2 * axis);
        return tf.sum(tf.reshape(dy as tf.Tensor, split), axes);
      },
    }),
  },
  {
    kernelName: 'Transpose',
    gradFunc: (dy, _, { perm }) => ({
      x: () => tf.transpose(dy as tf.Tensor, tf.backend_util.getUndoAxesPermutation(perm as number[])),
    }),
  },
  {
    kernelName: 'Reverse',
    gradFunc: (dy, _, { dims }) => ({ x: () => tf.reverse(dy as tf.Tensor, dims as number[]) }),
  },
  {
    kernelName: 'Slice',
    inputsToSave: ['x'],
    gradFunc: (dys, [x], { begin, size }) => ({
      x: () => {
        const dy = dys as tf.Tensor;
        const [first] = tf.slice_util.parseSliceParams(x!, begin as number[], size as number[]) as [number[], number[]];
        const margins = first.map((start, axis): [number, number] => [
          start,
          x!.shape[axis]! - start - dy.shape[axis]!,
        ]);
        return tf.pad(dy, margins);
      },
    }),
  },
  {
    kernelName: 'PadV2',
    inputsToSave: ['x'],
    gradFunc: (dy, [x], { paddings }) => ({
      x: () =>
        tf.slice(
          dy as tf.Tensor,
          (paddings as [number, number][]).map(([before]) => before),
          x!.shape,
        ),
    }),
  },
  {
    kernelName: 'Concat',
    saveAllInputs: true,
    gradFunc: (dy, saved, { axis }) => {
      const along = tf.util.parseAxisParam(axis as number, saved[0]!.shape)[0]!;
      const parts = tf.split(
        dy as tf.Tensor,
        saved.map((tensor) => tensor.shape[along]!),
        along,
      );
      return Object.fromEntries(parts.map((part, i) => [i, () => part]));
    },
  },
  {
    kernelName: 'SplitV',
    gradFunc: (dys, _, { axis }) => ({ x: () => tf.concat(dys as tf.Tensor[], axis as number) }),
  },
  {
    kernelName: 'Pack',
    saveAllInputs: true,
    gradFunc: (dy, _, { axis }) => {
      const parts = tf.unstack(dy as tf.Tensor, axis as number);
      return Object.fromEntries(parts.map((part, i) => [i, () => part]));
    },
  },
  {
    kernelName: 'Unpack',
    gradFunc: (dys, _, { axis }) => ({ value: () => tf.stack(dys as tf.Tensor[], axis as number) }),
  },
];
