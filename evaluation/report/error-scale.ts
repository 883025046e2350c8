import { html, type Markup } from './markup.ts';

/** Upper ends of the colour steps of |lateral error| [m]; the last step is open, and 1 m is an intervention. */
export const ERROR_STEPS = [0.2, 0.4, 0.6, 0.8] as const;

/** The class that colours this |lateral error|: `e0` to `e4`. */
export function errorClass(lateralError: number): string {
  const size = Math.abs(lateralError);
  const step = ERROR_STEPS.findIndex((end) => size < end);
  return `e${step < 0 ? ERROR_STEPS.length : step}`;
}

/** What the colours of the driven line mean. */
export function errorLegend(): Markup {
  const width = 44;
  const steps = [...ERROR_STEPS, 1];
  return html`<figure class="legend"><svg viewBox="0 0 ${width * steps.length + 20} 34" role="img" aria-label="colour scale of the lateral error">
<rect class="asphalt" x="0" y="2" width="${width * steps.length}" height="12" rx="3"/>
${steps.map((_, i) => html`<line class="driven e${i}" x1="${i * width + 5}" x2="${(i + 1) * width - 5}" y1="8" y2="8"/>`)}
${[0, ...steps].map((end, i) => html`<text class="tick" x="${i * width}" y="29" text-anchor="${i === 0 ? 'start' : 'middle'}">${end}${i === steps.length ? ' m' : ''}</text>`)}
</svg><figcaption>distance from the middle of the lane</figcaption></figure>`;
}
