import { type ReadonlySignal, useSignal, useSignalEffect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { theme } from '../shell/theme.ts';
import { resolveColour } from './colours.ts';
import styles from './line-chart.module.css';

/** One line of a chart. */
export interface Line {
  readonly label: string;
  /** Name of a colour of the design. */
  readonly colour: string;
  readonly dashed?: boolean;
  readonly points?: boolean;
}

interface LineChartProps {
  readonly label: string;
  readonly xLabel: string;
  readonly lines: readonly Line[];
  /** x, then one array a line, all of one length; `NaN` and null are gaps. */
  readonly data: () => uPlot.AlignedData;
  /** A change of it draws anew, at most once a picture. */
  readonly version: ReadonlySignal<number>;
  readonly height?: number;
  readonly logarithmic?: boolean;
}

/** Of a chart that is not told otherwise [px at 16 px a line]. */
const HEIGHT = 220;

/** A chart of lines that grow while one looks at them. */
export function LineChart(props: LineChartProps) {
  const { label, xLabel, lines, data, version, height = HEIGHT, logarithmic = false } = props;
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  const latest = useRef(data);
  latest.current = data;
  const request = useRef(0);
  /** Size of the page's text, which the chart's follows. */
  const text = useSignal(inRem(16));
  const key = JSON.stringify([xLabel, lines, height, logarithmic, theme.value, text.value]);

  useEffect(() => {
    const element = box.current!;
    // Looked up once a theme: asking costs a pass over the page's styles.
    const colours = new Map<string, string>();
    const colour = (name: string) => {
      const known = colours.get(name) ?? resolveColour(element, name);
      colours.set(name, known);
      return known;
    };
    const made = new uPlot(optionsFor(element, props, colour), latest.current(), element);
    chart.current = made;
    const watch = new ResizeObserver(() => {
      made.setSize({ width: element.clientWidth, height: inRem(height) });
      text.value = inRem(16);
    });
    watch.observe(element);
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const repaint = () => {
      colours.clear();
      made.redraw();
    };
    dark.addEventListener('change', repaint);
    return () => {
      watch.disconnect();
      dark.removeEventListener('change', repaint);
      cancelAnimationFrame(request.current);
      request.current = 0;
      made.destroy();
      chart.current = null;
    };
  }, [key]);

  useSignalEffect(() => {
    void version.value;
    if (request.current !== 0) return;
    request.current = requestAnimationFrame(() => {
      request.current = 0;
      chart.current?.setData(latest.current());
    });
  });

  return <div ref={box} class={styles.chart} role="img" aria-label={label} />;
}

/** A length that grows with the page's text, as everything else does [px]. @param pixels at 16 px a line */
function inRem(pixels: number): number {
  return Math.round((pixels * Number.parseFloat(getComputedStyle(document.documentElement).fontSize)) / 16);
}

function optionsFor(element: HTMLElement, props: LineChartProps, colour: (name: string) => string): uPlot.Options {
  const { height = HEIGHT, logarithmic = false } = props;
  const font = `${inRem(12)}px system-ui`;
  const line = () => colour('line');
  const axis = {
    stroke: () => colour('muted'),
    grid: { stroke: line, width: 1 },
    ticks: { stroke: line },
    font,
    labelFont: font,
    gap: inRem(5),
  };
  return {
    width: element.clientWidth,
    height: inRem(height),
    axes: [
      { ...axis, label: props.xLabel, labelSize: inRem(22), size: inRem(34), space: inRem(50) },
      { ...axis, size: inRem(58), space: inRem(30) },
    ],
    scales: { x: { time: false }, y: logarithmic ? { distr: 3 } : {} },
    cursor: { drag: { x: true, y: false } },
    series: [
      { label: props.xLabel },
      ...props.lines.map(
        (line): uPlot.Series => ({
          label: line.label,
          stroke: () => colour(line.colour),
          width: 1.75,
          spanGaps: true,
          points: { show: line.points === true, size: 6 },
          ...(line.dashed && { dash: [6, 4] }),
          value: (_, value) => (value === null || Number.isNaN(value) ? '–' : value.toPrecision(4)),
        }),
      ),
    ],
  };
}
