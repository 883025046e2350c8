import { HeadRow } from '../../design/head-row.tsx';
import styles from '../train-page.module.css';

/** The learnable arrays of a network, in the order of its layers. */
export function LayerTable({ layers }: { layers: readonly { name: string; shape: readonly number[] }[] }) {
  return (
    <div class={styles.scroll}>
      <table class={styles.table}>
        <HeadRow names={['Variable', 'Shape', 'Numbers']} />
        <tbody>
          {layers.map(({ name, shape }) => (
            <tr key={name}>
              <td>{name}</td>
              <td>{shape.join(' × ')}</td>
              <td>{shape.reduce((product, size) => product * size, 1).toLocaleString()}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
