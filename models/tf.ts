/**
 * TensorFlow.js, for all that is ours. In Node the whole package is loaded, with its layers and converter; the pages'
 * build keeps only what is named (renderer/vite.config.ts), so that methods of tensors which only the whole package adds,
 * as `x.square()`, are not there: `tf.square(x)` is. `tsc -p renderer` refuses the former.
 */
export * from '@tensorflow/tfjs';
