// What a page loads after its content.

/** Loads a style sheet of a library with its first use; resolves when it applies. */
export function loadStyles(href) {
  if (document.querySelector(`link[href="${href}"]`)) {
    return Promise.resolve();
  }
  return new Promise((resolve, reject) => {
    const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href, onload: resolve, onerror: () => reject(new Error(href)) });
    document.head.prepend(link);
  });
}

/** Whether the browser draws maps. */
export function canDraw() {
  return document.createElement('canvas').getContext('webgl2') !== null;
}

/** A small map in `container`; undefined where the browser draws none, or the map cannot be loaded. */
export async function loadMap(container, options) {
  if (!canDraw() || !CSS.supports('color', 'light-dark(#000, #fff)')) {
    return undefined; // the colours of the map need browsers of 2024 and later
  }
  try {
    const [{ SmallMap }] = await Promise.all([import('./small-map.js'), loadStyles(document.body.dataset.mapCss)]);
    return new SmallMap(container, options);
  } catch {
    return undefined; // without a network: the page says everything in words, too
  }
}
