/** Drawings over the three doors: a road under a sky, with what the door is about. */

function Road() {
  return (
    <>
      <path d="M0 54 26 42 48 50 80 36 112 49 134 41 160 52V90H0z" fill="light-dark(#a9c9a4, #1d3a2c)" />
      <path d="M72 50h8l46 40H22z" fill="light-dark(#7b848d, #39434d)" />
      <path d="M75.7 52h.7L74 62h-1.8zM71 66h2.2L70 80h-3.5z" fill="#f4f6f8" />
    </>
  );
}

export function WatchPicture() {
  return (
    <svg viewBox="0 0 160 90" aria-hidden="true">
      <Road />
      <path d="M84 90C92 74 86 62 79 51" fill="none" stroke="#8b5cf6" stroke-width="2.5" stroke-dasharray="5 3" />
      <g transform="translate(118 30)" fill="none" stroke="light-dark(#15202b, #e8eef4)" stroke-width="3">
        <circle r="15" fill="light-dark(#ffffffcc, #0e1318cc)" />
        <path d="M-15-1h10M15-1H5M0 5v10" />
        <circle r="4.5" fill="#ffb83d" stroke="none" />
      </g>
    </svg>
  );
}

export function TeachPicture() {
  return (
    <svg viewBox="0 0 160 90" aria-hidden="true">
      <Road />
      <rect x="86" y="10" width="64" height="42" rx="4" fill="light-dark(#ffffffd9, #0e1318d9)" />
      <path d="M92 45h52M92 45V16" stroke="light-dark(#7d8896, #6b7887)" stroke-width="1.2" />
      <path
        d="M93 18c5 1 5 15 11 17s8-3 13 2 8 4 13 4 8 1 13 1"
        fill="none"
        stroke="light-dark(#0a5ec2, #62adff)"
        stroke-width="2.2"
      />
      <path
        d="M93 21c6 2 6 9 12 12s9 0 14 2 8 2 12 2 8 0 12 0"
        fill="none"
        stroke="light-dark(#c2620a, #ffb35c)"
        stroke-width="1.8"
        stroke-dasharray="3 2"
      />
    </svg>
  );
}

export function OpenPicture() {
  return (
    <svg viewBox="0 0 160 90" aria-hidden="true">
      <g fill="light-dark(#2f3944, #27313b)">
        <rect x="10" y="20" width="140" height="50" rx="4" />
      </g>
      <g fill="light-dark(#dcebf7, #18304a)">
        <rect x="16" y="30" width="38" height="30" />
        <rect x="61" y="30" width="38" height="30" />
        <rect x="106" y="30" width="38" height="30" />
      </g>
      <g fill="light-dark(#7b848d, #4a5661)">
        <path d="M32 42h4l14 18H20zM80 42h4l16 18H68zM128 42h4l12 13v5h-34z" />
      </g>
      <g fill="#f4f6f8">
        <path d="M16 23h4v4h-4zM28 23h4v4h-4zM40 23h4v4h-4zM52 23h4v4h-4zM64 23h4v4h-4zM76 23h4v4h-4zM88 23h4v4h-4zM100 23h4v4h-4zM112 23h4v4h-4zM124 23h4v4h-4zM136 23h4v4h-4zM16 63h4v4h-4zM28 63h4v4h-4zM40 63h4v4h-4zM52 63h4v4h-4zM64 63h4v4h-4zM76 63h4v4h-4zM88 63h4v4h-4zM100 63h4v4h-4zM112 63h4v4h-4zM124 63h4v4h-4zM136 63h4v4h-4z" />
      </g>
    </svg>
  );
}
