// The way ahead of a driver, on a map that is loaded after the page.
import { useEffect, useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import { loadMap } from './lazy.js';
import { settings } from './settings.js';
import { html } from './ui.js';

/** @param stops `{latitude, longitude, kind, name?}`; a stop without coordinates is not drawn */
export function WayMap({ vehicle, stops }) {
  const container = useRef(null);
  const map = useRef(null);
  const newest = useRef(null);
  const isMissing = useSignal(!stops.some(({ latitude }) => latitude !== undefined));
  newest.current = { vehicle, stops };
  useEffect(() => {
    let isOver = false;
    if (isMissing.value) {
      return undefined;
    }
    loadMap(container.current, { basemap: settings.basemap, isStill: true, padding: 40, glideMaxMs: 1_000 }).then((loaded) => {
      if (isOver) {
        loaded?.close();
      } else if (loaded) {
        map.current = loaded;
        loaded.show(newest.current);
      } else {
        isMissing.value = true;
      }
    });
    return () => {
      isOver = true;
      map.current?.close();
    };
  }, []);
  useEffect(() => map.current?.show(newest.current), [vehicle, JSON.stringify(stops)]);
  return isMissing.value ? null : html`<div class="map" aria-hidden="true"><div ref=${container}></div></div>`;
}
