import { type ReadonlySignal, useSignalEffect } from '@preact/signals';
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

/** A chart of lines that grow while one looks at them. */
export function LineChart(props: LineChartProps) {
  const { label, xLabel, lines, data, version, height = 220, logarithmic = false } = props;
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  const latest = useRef(data);
  latest.current = data;
  const request = useRef(0);
  const key = JSON.stringify([xLabel, lines, height, logarithmic, theme.value]);

  useEffect(() => {
    const element = box.current!;
    const made = new uPlot(optionsFor(element, props, height, logarithmic), latest.current(), element);
    chart.current = made;
    const watch = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height }));
    watch.observe(element);
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const repaint = () => {
      for (const [i, line] of lines.entries()) made.series[i + 1]!.stroke = () => resolveColour(element, line.colour);
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

function optionsFor(element: HTMLElement, props: LineChartProps, height: number, logarithmic: boolean): uPlot.Options {
  const colour = (name: string) => resolveColour(element, name);
  const axis = {
    stroke: colour('muted'),
    grid: { stroke: colour('line'), width: 1 },
    ticks: { stroke: colour('line') },
  };
  return {
    width: element.clientWidth,
    height,
    // Chart text in the page's own font, at its size.
    axes: [
      { ...axis, label: props.xLabel, labelSize: 22, size: 34, font: '12px system-ui', labelFont: '12px system-ui' },
      { ...axis, size: 58, font: '12px system-ui' },
    ],
    scales: { x: { time: false }, y: logarithmic ? { distr: 3 } : {} },
    cursor: { drag: { x: true, y: false } },
    series: [
      { label: props.xLabel },
      ...props.lines.map(
        (line): uPlot.Series => ({
          label: line.label,
          stroke: colour(line.colour),
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
