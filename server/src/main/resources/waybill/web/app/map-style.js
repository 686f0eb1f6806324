// The style of the map: quiet greys from the colours of the pages.
import { tokenColours } from './token-colours.js';

const FONT = ['Inter'];
export const EMPTY = { type: 'FeatureCollection', features: [] };

/** The colours of the pages that the map is drawn in, light or dark. */
export function mapColours() {
  return tokenColours([
    'map-ground', 'map-built-up', 'map-water', 'map-park', 'map-building', 'map-road', 'map-road-major', 'map-water-name', 'map-park-name', 'map-ink',
    'map-quiet', 'surface', 'accent', 'red', 'amber',
  ]);
}

/** Four numbers from 0 to 1. */
export function rgba(colour) {
  const [r, g, b, a = 1] = colour.match(/[\d.]+/g).map(Number);
  return [r / 255, g / 255, b / 255, a];
}

/** @param basemap the address of the map behind everything, or the map itself */
export function mapStyle(colours, basemap) {
  return {
    version: 8,
    transition: { duration: 0, delay: 0 },
    sources: {
      ...(basemap ? { basemap: { type: 'geojson', data: basemap, tolerance: 0.5 } } : {}),
      route: { type: 'geojson', data: EMPTY },
      areas: { type: 'geojson', data: EMPTY, tolerance: 0 },
      stops: { type: 'geojson', data: EMPTY },
      names: { type: 'geojson', data: EMPTY },
    },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': colours['map-ground'] } },
      ...(basemap ? basemapLayers(colours) : []),
      ...orderLayers(colours),
      ...(basemap ? [storeNames(colours)] : []),
      driverNames(colours),
    ],
  };
}

function basemapLayers(c) {
  const isOf = (type) => ['in', ['geometry-type'], ['literal', [type, `Multi${type}`]]];
  const area = (id, kind, color, { paint = {}, ...more } = {}) => ({
    id, type: 'fill', source: 'basemap', filter: ['all', ['==', ['get', 'kind'], kind], isOf('Polygon')], paint: { 'fill-color': color, ...paint }, ...more,
  });
  const road = (id, classes, color, widths, more = {}) => ({
    id, type: 'line', source: 'basemap',
    filter: ['all', ['==', ['get', 'kind'], 'road'], ['in', ['get', 'class'], ['literal', classes]]],
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: { 'line-color': color, 'line-width': ['interpolate', ['exponential', 1.6], ['zoom'], ...widths] }, ...more,
  });
  return [
    area('built-up', 'built-up', c['map-built-up']),
    area('park', 'park', c['map-park']),
    area('water', 'water', c['map-water']),
    {
      id: 'stream', type: 'line', source: 'basemap',
      filter: ['all', ['==', ['get', 'kind'], 'water'], isOf('LineString')],
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: { 'line-color': c['map-water'], 'line-width': ['interpolate', ['exponential', 1.6], ['zoom'], 11, 1, 14, 4, 18, 30] },
    },
    area('building', 'building', c['map-building'], { minzoom: 13, paint: { 'fill-opacity': ['interpolate', ['linear'], ['zoom'], 13, 0.35, 14.5, 1] } }),
    road('path', ['path'], c['map-road'], [14, 0.6, 18, 3], { minzoom: 14 }),
    road('minor', ['minor'], c['map-road'], [11, 0.5, 14, 2, 18, 12], { minzoom: 11 }),
    road('major', ['major'], c['map-road-major'], [8, 0.6, 14, 4, 18, 18]),
    road('motorway', ['motorway'], c['map-road-major'], [6, 0.8, 14, 6, 18, 22]),
    {
      id: 'road-name', type: 'symbol', source: 'basemap', minzoom: 13.5,
      filter: ['all', ['==', ['get', 'kind'], 'road'], ['has', 'name']],
      layout: { 'symbol-placement': 'line', 'text-field': ['get', 'name'], 'text-font': FONT, 'text-size': 11, 'symbol-spacing': 400 },
      paint: { 'text-color': c['map-quiet'], 'text-halo-color': c['map-ground'], 'text-halo-width': 1.5 },
    },
    ...placeLayers(c),
  ];
}

const place = (classes) => ['all', ['==', ['get', 'kind'], 'place'], ['in', ['get', 'class'], ['literal', classes]]];

function placeLayers(c) {
  return [
    {
      id: 'area-name', type: 'symbol', source: 'basemap', minzoom: 12.5, filter: place(['park', 'water']),
      layout: { 'text-field': ['get', 'name'], 'text-font': FONT, 'text-size': 11, 'text-max-width': 6, 'text-letter-spacing': 0.04 },
      paint: { 'text-color': ['match', ['get', 'class'], 'water', c['map-water-name'], c['map-park-name']] },
    },
    {
      id: 'store', type: 'circle', source: 'basemap', minzoom: 12, filter: place(['store']),
      paint: {
        'circle-radius': ['interpolate', ['linear'], ['zoom'], 12, 2.5, 15, 4], 'circle-color': c.surface,
        'circle-stroke-color': c['map-quiet'], 'circle-stroke-width': 1.5,
      },
    },
  ];
}

/** They are above the drivers, of whom some are at every store. */
function storeNames(c) {
  return {
    id: 'store-name', type: 'symbol', source: 'basemap', minzoom: 12.8, filter: place(['store']),
    layout: { 'text-field': ['get', 'name'], 'text-font': FONT, 'text-size': 11.5, 'text-variable-anchor': ['left', 'right', 'top'], 'text-radial-offset': 0.9, 'text-justify': 'auto' },
    paint: { 'text-color': c['map-ink'], 'text-halo-color': c['map-ground'], 'text-halo-width': 1.5 },
  };
}

function driverNames(c) {
  return {
    id: 'names', type: 'symbol', source: 'names', minzoom: 14,
    layout: { 'text-field': ['get', 'name'], 'text-font': FONT, 'text-size': 11, 'text-offset': [0, 1.2], 'text-anchor': 'top', 'text-allow-overlap': true },
    paint: { 'text-color': c['map-ink'], 'text-halo-color': c['map-ground'], 'text-halo-width': 1.5 },
  };
}

function orderLayers(c) {
  const level = ['match', ['get', 'level'], 'red', c.red, 'amber', c.amber, c['map-quiet']];
  return [
    { id: 'areas', type: 'fill', source: 'areas', paint: { 'fill-color': c.accent, 'fill-opacity': 0.08 } },
    { id: 'areas-edge', type: 'line', source: 'areas', paint: { 'line-color': c.accent, 'line-opacity': 0.5, 'line-width': 1 } },
    {
      id: 'route-ahead', type: 'line', source: 'route', filter: ['==', ['get', 'part'], 'ahead'],
      paint: { 'line-color': c.accent, 'line-width': 3, 'line-dasharray': [1, 1] },
    },
    {
      id: 'route-driven', type: 'line', source: 'route', filter: ['==', ['get', 'part'], 'driven'],
      layout: { 'line-cap': 'round', 'line-join': 'round' }, paint: { 'line-color': c.accent, 'line-width': 3 },
    },
    {
      id: 'stops', type: 'circle', source: 'stops', filter: ['!', ['get', 'isSelected']],
      paint: {
        'circle-radius': ['interpolate', ['linear'], ['zoom'], 9, 2, 14, 5], 'circle-color': ['case', ['get', 'isPicked'], c.accent, level],
        'circle-stroke-color': c.surface, 'circle-stroke-width': 1, 'circle-opacity': ['case', ['get', 'isDimmed'], 0.35, 0.9],
        'circle-stroke-opacity': ['case', ['get', 'isDimmed'], 0.35, 1],
      },
    },
    {
      id: 'stops-selected', type: 'circle', source: 'stops', filter: ['get', 'isSelected'],
      paint: {
        'circle-radius': 7, 'circle-color': ['case', ['==', ['get', 'stop'], 'pickup'], c.surface, c.accent],
        'circle-stroke-color': c.accent, 'circle-stroke-width': 3,
      },
    },
    {
      id: 'stop-name', type: 'symbol', source: 'stops', filter: ['get', 'isSelected'],
      layout: { 'text-field': ['get', 'name'], 'text-font': FONT, 'text-size': 12, 'text-offset': [0, 1.1], 'text-anchor': 'top', 'text-allow-overlap': true },
      paint: { 'text-color': c['map-ink'], 'text-halo-color': c['map-ground'], 'text-halo-width': 2 },
    },
  ];
}
