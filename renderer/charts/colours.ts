/** Resolves a colour of the design for a canvas, which cannot read custom properties. */
export function resolveColour(element: Element, name: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(--${name})`;
  element.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** Colours for runs that are laid over each other; each pair is told apart by dash as well. */
export const RUN_COLOURS = ['accent', 'warning', 'model', 'expert', 'danger', 'muted'] as const;
