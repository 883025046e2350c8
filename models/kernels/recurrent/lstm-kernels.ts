import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '../../tf.ts';
import { composedBackward, composedForward } from './lstm-composed.ts';
import { lstmBackward, lstmForward } from './lstm-numbers.ts';

/** Inputs `projected, recurrent, initialHidden, initialCell`; outputs `hidden, cell, gates`. */
export const LSTM_FORWARD = 'LstmSequence';
/** Inputs of the gradient; outputs `projected, initialHidden, initialCell`. */
export const LSTM_BACKWARD = 'LstmSequenceGradient';

/** How the kernels of a backend get at numbers and make outputs; `view` is called after every `allocate`. */
interface NumberAccess {
  allocate(shape: number[]): tf.TensorInfo;
  view(tensor: tf.TensorInfo): Float32Array;
}

interface CpuLike {
  readonly data: { get(id: object): { values: Float32Array } };
  makeTensorInfo(shape: number[], dtype: 'float32', values: Float32Array): tf.TensorInfo;
}

function wasmAccess(backend: BackendWasm): NumberAccess {
  return {
    allocate: (shape) => backend.makeOutput(shape, 'float32'),
    view: (tensor) => backend.typedArrayFromHeap(tensor) as Float32Array,
  };
}

function cpuAccess(backend: CpuLike): NumberAccess {
  return {
    allocate: (shape) => backend.makeTensorInfo(shape, 'float32', new Float32Array(tf.util.sizeFromShape(shape))),
    view: (tensor) => backend.data.get(tensor.dataId).values,
  };
}

function forward(inputs: tf.NamedTensorInfoMap, access: NumberAccess): tf.TensorInfo[] {
  const { projected, recurrent, initialHidden, initialCell } = inputs as Record<string, tf.TensorInfo>;
  const [batch, time, width] = projected!.shape as [number, number, number];
  const units = width / 4;
  const outputs = [units, units, width].map((size) => access.allocate([batch, time, size]));
  const [hidden, cell, gates] = outputs.map(access.view) as [Float32Array, Float32Array, Float32Array];
  lstmForward(
    { batch, time, units },
    {
      projected: access.view(projected!),
      recurrent: access.view(recurrent!),
      initialHidden: access.view(initialHidden!),
      initialCell: access.view(initialCell!),
      hidden,
      cell,
      gates,
    },
  );
  return outputs;
}

function backward(inputs: tf.NamedTensorInfoMap, access: NumberAccess): tf.TensorInfo[] {
  const { recurrent, initialCell, cell, gates, hiddenGradient, cellGradient } = inputs as Record<string, tf.TensorInfo>;
  const [batch, time, units] = cell!.shape as [number, number, number];
  const outputs = [
    [batch, time, 4 * units],
    [batch, units],
    [batch, units],
  ].map((shape) => access.allocate(shape));
  const [projectedGradient, initialHiddenGradient, initialCellGradient] = outputs.map(access.view) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const nothing = new Float32Array(0);
  lstmBackward(
    { batch, time, units },
    {
      projected: nothing,
      recurrent: access.view(recurrent!),
      initialHidden: nothing,
      initialCell: access.view(initialCell!),
      hidden: nothing,
      cell: access.view(cell!),
      gates: access.view(gates!),
    },
    {
      hiddenGradient: access.view(hiddenGradient!),
      cellGradient: access.view(cellGradient!),
      projectedGradient,
      initialHiddenGradient,
      initialCellGradient,
    },
  );
  return outputs;
}

type AnyArguments = { inputs: tf.NamedTensorInfoMap; backend: unknown };

/** Registers the LSTM's two kernels for a backend, unless it has them. */
export function registerLstmKernels(backendName: string): void {
  if (tf.getKernel(LSTM_FORWARD, backendName) !== undefined) return;
  const own = backendName === 'wasm' || backendName === 'cpu';
  const access = (backend: unknown): NumberAccess =>
    backendName === 'wasm' ? wasmAccess(backend as BackendWasm) : cpuAccess(backend as CpuLike);
  tf.registerKernel({
    kernelName: LSTM_FORWARD,
    backendName,
    kernelFunc: (({ inputs, backend }: AnyArguments) => {
      if (own) return forward(inputs, access(backend));
      const { projected, recurrent, initialHidden, initialCell } = inputs as never as Record<string, never>;
      return composedForward(projected!, recurrent!, initialHidden!, initialCell!);
    }) as never,
  });
  tf.registerKernel({
    kernelName: LSTM_BACKWARD,
    backendName,
    kernelFunc: (({ inputs, backend }: AnyArguments) => {
      if (own) return backward(inputs, access(backend));
      const given = inputs as never as Record<string, never>;
      const { recurrent, initialCell, cell, gates, hiddenGradient, cellGradient } = given;
      return composedBackward(recurrent!, initialCell!, cell!, gates!, hiddenGradient!, cellGradient!);
    }) as never,
  });
}

tf.registerGradient({
  kernelName: LSTM_FORWARD,
  inputsToSave: ['recurrent', 'initialHidden', 'initialCell'],
  outputsToSave: [true, true, true],
  gradFunc: ((dys: tf.Tensor[], saved: tf.Tensor[]) => {
    const [recurrent, initialHidden, initialCell, hidden, cell, gates] = saved as [
      tf.Tensor2D,
      tf.Tensor2D,
      tf.Tensor2D,
      tf.Tensor3D,
      tf.Tensor3D,
      tf.Tensor3D,
    ];
    const [projected, dHidden, dCell] = tf.engine().runKernel(LSTM_BACKWARD, {
      recurrent,
      initialCell,
      cell,
      gates,
      hiddenGradient: dys[0]!,
      cellGradient: dys[1]!,
    }) as never as [tf.Tensor3D, tf.Tensor, tf.Tensor];
    const [batch, time, units] = cell.shape;
    return {
      projected: () => projected,
      recurrent: () => {
        const first = tf.expandDims(initialHidden, 1);
        const past = time === 1 ? first : tf.concat([first, tf.slice(hidden, 0, [batch, time - 1, units])], 1);
        return tf.matMul(
          tf.reshape(past, [batch * time, units]) as tf.Tensor2D,
          tf.reshape(projected, [batch * time, 4 * units]) as tf.Tensor2D,
          true,
        );
      },
      initialHidden: () => dHidden,
      initialCell: () => dCell,
    };
  }) as never,
});
