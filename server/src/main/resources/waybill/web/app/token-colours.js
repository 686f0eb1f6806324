// Values of `tokens.css` for what is drawn on a canvas.

/** The values with these names as the browser computes them, light or dark. */
export function tokenColours(names) {
  const probe = document.createElement('span');
  document.body.append(probe);
  const colours = {};
  for (const name of names) {
    probe.style.color = `var(--${name})`;
    colours[name] = getComputedStyle(probe).color;
  }
  probe.remove();
  return colours;
}
