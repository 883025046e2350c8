import type { ReadonlySignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Frame } from '../../sim/frame.ts';
import { opaque } from '../images/browser-codec.ts';

interface FrameCanvasProps {
  readonly frame: ReadonlySignal<Frame | null>;
  readonly class?: string | undefined;
  /** What it shows, for those who cannot see it. */
  readonly label: string;
}

/** Shows the newest frame, pixel by pixel. */
export function FrameCanvas({ frame, class: look, label }: FrameCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(
    () =>
      frame.subscribe((now) => {
        if (now === null || canvas.current === null) return;
        if (canvas.current.width !== now.width || canvas.current.height !== now.height) {
          canvas.current.width = now.width;
          canvas.current.height = now.height;
        }
        const context = canvas.current.getContext('2d', { alpha: false, willReadFrequently: true });
        context?.putImageData(new ImageData(opaque(now.pixels), now.width, now.height), 0, 0);
      }),
    [frame],
  );
  return <canvas ref={canvas} class={look} width={160} height={64} role="img" aria-label={label} />;
}
