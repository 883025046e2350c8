import type { HeldBackScore } from '../../models/runs/summary.ts';
import { HeadRow } from '../design/head-row.tsx';
import styles from './steering-score.module.css';

const DEGREES = 180 / Math.PI;

/** How well a network steers on what it has not learned from, beside what needs no picture. */
export function SteeringScore({ score }: { score: HeldBackScore }) {
  const { zero, mean, repeat } = score.baselines;
  const { recorded, correlation } = score;
  const rows: [string, { rmse: number; mae: number } | null][] = [
    ['this network', score],
    ['always straight on', zero],
    ['always the mean of the truth', mean],
    ['the truth of 0.25 s ago', repeat],
  ];
  return (
    <>
      <table class={styles.table}>
        <HeadRow names={['Predictor', 'RMSE [°]', 'MAE [°]']} />
        <tbody>
          {rows.map(([name, errors]) => (
            <tr key={name}>
              <td>{name}</td>
              <td>{errors ? (errors.rmse * DEGREES).toFixed(1) : '–'}</td>
              <td>{errors ? (errors.mae * DEGREES).toFixed(1) : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {typeof correlation === 'number' && (
        <p class={styles.words}>Correlation with the truth: r = {correlation.toFixed(2)}.</p>
      )}
      {recorded && (
        <p class={styles.words}>
          The steering was recorded in pulses; the table is against the steering smoothed over time, whatever was
          taught. Against the pulses themselves the RMSE is {(recorded.rmse * DEGREES).toFixed(1)}°, where the smoothed
          steering itself has {(recorded.floor.rmse * DEGREES).toFixed(1)}°: no picture tells when a key is pressed.
        </p>
      )}
    </>
  );
}
