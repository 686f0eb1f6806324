// A small made-up town for the map: its streets, its orders, and drivers that move.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const CENTRE = [10.75, 59.92];
const BLOCK = 0.0022;
const BLOCKS = 16;

const feature = (type, coordinates, properties) => ({ type: 'Feature', properties, geometry: { type, coordinates } });

/** A file with a grid of streets, a river and a park. */
export function townFile() {
  const [x, y] = CENTRE;
  const reach = (BLOCKS / 2) * BLOCK;
  const box = (west, south, east, north) => [[[west, south], [east, south], [east, north], [west, north], [west, south]]];
  const features = [
    feature('Polygon', box(x - 2 * reach, y - reach - 0.004, x + 2 * reach, y - reach - 0.001), { kind: 'water' }),
    feature('Polygon', box(x - 5 * BLOCK, y + BLOCK, x - 2 * BLOCK, y + 3 * BLOCK / 2), { kind: 'park' }),
  ];
  for (let i = -BLOCKS / 2; i <= BLOCKS / 2; i++) {
    const road = { kind: 'road', class: i % 4 === 0 ? 'major' : 'minor', name: `Street ${i + BLOCKS / 2 + 1}` };
    features.push(feature('LineString', [[x + i * BLOCK, y - reach / 2], [x + i * BLOCK, y + reach / 2]], road));
    features.push(feature('LineString', [[x - reach, y + (i * BLOCK) / 2], [x + reach, y + (i * BLOCK) / 2]], { ...road, name: `Lane ${i + BLOCKS / 2 + 1}` }));
  }
  const file = join(mkdtempSync(join(tmpdir(), 'waybill-town-')), 'town.json');
  writeFileSync(file, JSON.stringify({ type: 'FeatureCollection', attribution: '© Surveyors of the Town', features }));
  return file;
}

/** A place of the town: a fraction of its width and of its height, from the south-west. */
export function place(east, north, text = `${Math.round(east * 100)} Lake Road`) {
  const reach = (BLOCKS / 2) * BLOCK;
  return { text, longitude: CENTRE[0] + (2 * east - 1) * reach, latitude: CENTRE[1] + (north - 0.5) * reach };
}

/** Drivers that report over REST. `report(i, east, north)` moves one. */
export class Drivers {
  #hub;
  #tokens = [];
  names = [];

  constructor(hub) {
    this.#hub = hub;
  }

  async add(...names) {
    for (const name of names) {
      const token = await this.#hub.token(name, 'driver');
      this.#tokens.push(token);
      this.names.push(name);
      await this.#hub.send('PATCH', '/api/v1/drivers/me/status', token, { status: 'available' });
    }
  }

  report(i, east, north, more = {}) {
    const { longitude, latitude } = place(east, north);
    return this.#hub.send('POST', '/api/v1/drivers/me/location', this.#tokens[i], { longitude, latitude, ...more });
  }
}
