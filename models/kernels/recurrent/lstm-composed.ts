import * as tf from '../../tf.ts';

/** The LSTM's forward pass out of the backend's own operations, for backends without a kernel of ours. */
export function composedForward(
  projected: tf.Tensor3D,
  recurrent: tf.Tensor2D,
  initialHidden: tf.Tensor2D,
  initialCell: tf.Tensor2D,
): [hidden: tf.Tensor, cell: tf.Tensor, gates: tf.Tensor] {
  return tf.tidy(() => {
    const time = projected.shape[1];
    const steps = tf.unstack(projected, 1) as tf.Tensor2D[];
    const hiddens: tf.Tensor[] = [];
    const cells: tf.Tensor[] = [];
    const activated: tf.Tensor[] = [];
    let hidden = initialHidden;
    let cell = initialCell;
    for (let t = 0; t < time; t++) {
      const sums = tf.add(steps[t]!, tf.matMul(hidden, recurrent)) as tf.Tensor2D;
      const [i, f, g, o] = tf.split(sums, 4, 1) as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
      const gates = [tf.sigmoid(i), tf.sigmoid(f), tf.tanh(g), tf.sigmoid(o)] as const;
      cell = tf.add(tf.mul(gates[1], cell), tf.mul(gates[0], gates[2]));
      hidden = tf.mul(gates[3], tf.tanh(cell));
      hiddens.push(hidden);
      cells.push(cell);
      activated.push(tf.concat([...gates], 1));
    }
    return [tf.stack(hiddens, 1), tf.stack(cells, 1), tf.stack(activated, 1)];
  });
}

/** Back-propagation through time out of the backend's own operations. */
export function composedBackward(
  recurrent: tf.Tensor2D,
  initialCell: tf.Tensor2D,
  cell: tf.Tensor3D,
  gates: tf.Tensor3D,
  hiddenGradient: tf.Tensor3D,
  cellGradient: tf.Tensor3D,
): [projected: tf.Tensor, initialHidden: tf.Tensor, initialCell: tf.Tensor] {
  return tf.tidy(() => {
    const time = cell.shape[1];
    const cells = tf.unstack(cell, 1);
    const gateSteps = tf.unstack(gates, 1);
    const hiddenSteps = tf.unstack(hiddenGradient, 1);
    const cellSteps = tf.unstack(cellGradient, 1);
    const results: tf.Tensor[] = [];
    let dh: tf.Tensor = tf.zerosLike(initialCell);
    let dc: tf.Tensor = tf.zerosLike(initialCell);
    for (let t = time - 1; t >= 0; t--) {
      const [i, f, g, o] = tf.split(gateSteps[t]!, 4, 1) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
      const squashed = tf.tanh(cells[t]!);
      const past = t === 0 ? initialCell : cells[t - 1]!;
      const h = tf.add(dh, hiddenSteps[t]!);
      const c = tf.addN([dc, cellSteps[t]!, tf.mul(tf.mul(h, o), tf.sub(1, tf.square(squashed)))]);
      const slope = (gate: tf.Tensor): tf.Tensor => tf.mul(gate, tf.sub(1, gate));
      const step = tf.concat(
        [
          tf.mul(tf.mul(c, g), slope(i)),
          tf.mul(tf.mul(c, past), slope(f)),
          tf.mul(tf.mul(c, i), tf.sub(1, tf.square(g))),
          tf.mul(tf.mul(h, squashed), slope(o)),
        ],
        1,
      );
      results.unshift(step);
      dc = tf.mul(c, f);
      dh = tf.matMul(step as tf.Tensor2D, recurrent, false, true);
    }
    return [tf.stack(results, 1), dh, dc];
  });
}
