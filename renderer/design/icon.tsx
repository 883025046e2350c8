/** Our own line drawings on a 24 by 24 grid, drawn with a stroke of 1.8. */
const DRAWINGS = {
  home: 'M4 11 12 4.5 20 11v8.5h-5.5V14h-5v5.5H4z',
  wheel:
    'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 10.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6zM4.3 11.5l5.9.2M19.7 11.5l-5.9.2M12 13.8V20',
  film: 'M4 5.5h16v13H4zM8 5.5v13M16 5.5v13M4 9.8h4M4 14.2h4M16 9.8h4M16 14.2h4',
  learn: 'M4 18.5 9 12l3.5 3L20 6M20 6v4.5M20 6h-4.5',
  check: 'M5 4.5h14v15H5zM8.5 12l2.5 2.5 4.5-5',
  play: 'M8 5.5v13l10.5-6.5z',
  pause: 'M8.5 5.5v13M15.5 5.5v13',
  stop: 'M7 7h10v10H7z',
  reset: 'M5 12a7 7 0 1 1 2.2 5.1M5 12V7.5M5 12h4.5',
  record: 'M12 6a6 6 0 1 0 0 12 6 6 0 0 0 0-12z',
  trash: 'M5 7h14M10 4.5h4M7 7l.8 12.5h8.4L17 7M10.3 10.5v5.5M13.7 10.5v5.5',
  pencil: 'M5 19l1-4L16 5l3 3L9 18zM14 7l3 3',
  cut: 'M7 5.2a2 2 0 1 0 0 4 2 2 0 0 0 0-4zM7 14.8a2 2 0 1 0 0 4 2 2 0 0 0 0-4zM8.6 8.4 19 17M8.6 15.6 19 7',
  undo: 'M9 6.5 5 10.5l4 4M5 10.5h9a5 5 0 0 1 0 8h-3',
  import: 'M12 4.5V15M7.5 10.5 12 15l4.5-4.5M4.5 19.5h15',
  eye: 'M3 12s3.5-6 9-6 9 6 9 6-3.5 6-9 6-9-6-9-6zM12 9.3a2.7 2.7 0 1 0 0 5.4 2.7 2.7 0 0 0 0-5.4z',
  hand: 'M7 12V7.5a1.4 1.4 0 0 1 2.8 0V11M9.8 11V5.5a1.4 1.4 0 0 1 2.8 0V11M12.6 11V6.5a1.4 1.4 0 0 1 2.8 0V12M15.4 12V9a1.4 1.4 0 0 1 2.8 0v5.5c0 3-2 5-5.2 5-3 0-4-1-6.5-5.5-.8-1.5 1-2.3 1.9-1.1L9 14.5',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.8v2M12 19.2v2M2.8 12h2M19.2 12h2M5.5 5.5l1.4 1.4M17.1 17.1l1.4 1.4M5.5 18.5l1.4-1.4M17.1 6.9l1.4-1.4',
  moon: 'M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z',
  half: 'M12 4a8 8 0 1 0 0 16zM12 4a8 8 0 0 1 0 16',
  gear: 'M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM12 3.5v3M12 17.5v3M3.5 12h3M17.5 12h3M6 6l2.1 2.1M15.9 15.9 18 18M6 18l2.1-2.1M15.9 8.1 18 6',
  warning: 'M12 4.5 21 19.5H3zM12 10v4.5M12 17v.3',
  info: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 11v5M12 8v.3',
  close: 'M6 6l12 12M18 6 6 18',
  more: 'M6 9.5l6 6 6-6',
  chip: 'M7 7h10v10H7zM10 3.5V7M14 3.5V7M10 17v3.5M14 17v3.5M3.5 10H7M3.5 14H7M17 10h3.5M17 14h3.5',
  pad: 'M7.5 8h9a5 5 0 0 1 4.3 7.5c-1 1.6-3 1.2-4-.5h-9.6c-1 1.7-3 2.1-4 .5A5 5 0 0 1 7.5 8zM8.5 10v3.5M6.8 11.8h3.5M16 10.8v.2M14.2 12.7v.2',
  keyboard: 'M3.5 7h17v10h-17zM7 10.2v.2M10.3 10.2v.2M13.7 10.2v.2M17 10.2v.2M8 13.8h8',
  mouse: 'M8 10a4 4 0 0 1 8 0v4.5a4 4 0 0 1-8 0zM12 6v4',
  dice: 'M5 5h14v14H5zM9 9v.2M15 15v.2M12 12v.2M15 9v.2M9 15v.2',
  expand: 'M4.5 9.5v-5h5M19.5 14.5v5h-5M4.5 4.5l6 6M19.5 19.5l-6-6',
  back: 'M14.5 5.5 8 12l6.5 6.5',
} as const;

/** Size of text for which the sizes of icons are given [px]. */
const USUAL_TEXT = 14.5;

export type IconName = keyof typeof DRAWINGS;

/**
 * A small drawing that stands beside words; it says nothing to screen readers.
 * @param size side at the usual size of text; it grows with the text [px]
 */
export function Icon({ name, size = 20, filled = false }: { name: IconName; size?: number; filled?: boolean }) {
  return (
    <svg
      style={{ width: `${size / USUAL_TEXT}rem`, height: `${size / USUAL_TEXT}rem` }}
      viewBox="0 0 24 24"
      fill={filled ? 'currentColor' : 'none'}
      stroke="currentColor"
      stroke-width="1.8"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d={DRAWINGS[name]} />
    </svg>
  );
}
