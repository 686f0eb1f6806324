// The layer of the map that draws the drivers: one instance each, moved by the graphics card.
import { Fleet, SIGNALS } from './fleet.js';
import { mercator } from './glide.js';

/** What the graphics card is given of a driver: the name in the shader, and its values. Times and places are near 0, where 32 bits are precise. */
const FIELDS = [
  ['from', 2, ({ from }, { origin }) => [from[0] - origin[0], from[1] - origin[1]]],
  ['to', 2, ({ to }, { origin }) => [to[0] - origin[0], to[1] - origin[1]]],
  ['time', 2, ({ t0, t1 }, { epochMs }) => [t0 - epochMs, t1 - epochMs]],
  ['heading', 2, ({ heading, headingFrom }) => [headingFrom ?? heading ?? 0, heading ?? 0]],
  ['state', 1, (driver, { selection }) => [stateOf(driver, selection)]],
];
const FLOATS = FIELDS.reduce((sum, [, size]) => sum + size, 0);
const STALE = SIGNALS.indexOf('stale');
const LOST = SIGNALS.indexOf('lost');
const WITH_ORDER = 4;
const UNKNOWN_HEADING = 8;
const SELECTED = 16;
const DIMMED = 32;
const OFF_DUTY = 64;

const VERTEX = `#version 300 es
  ${FIELDS.map(([name, size]) => `in ${size === 1 ? 'float' : `vec${size}`} a_${name};`).join(' ')}
  uniform vec2 u_origin; uniform vec2 u_viewport; uniform float u_scale; uniform float u_now; uniform float u_size;
  out vec2 v_at; flat out int v_state; flat out float v_size;
  void main() {
    float part = a_time.y > a_time.x ? clamp((u_now - a_time.x) / (a_time.y - a_time.x), 0.0, 1.0) : 1.0;
    int state = int(a_state + 0.5);
    float turn = mod(a_heading.y - a_heading.x + 540.0, 360.0) - 180.0;
    float heading = radians(a_heading.x + turn * min(1.0, part * 4.0));
    float size = (state & ${SELECTED}) != 0 ? u_size * 1.3 : u_size;
    vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1) * 2.0 - 1.0;
    vec2 pixel = u_origin + mix(a_from, a_to, part) * u_scale + corner * size;
    v_at = mat2(cos(heading), -sin(heading), sin(heading), cos(heading)) * corner * size;
    v_state = state; v_size = size;
    gl_Position = vec4(pixel / u_viewport * vec2(2.0, -2.0) + vec2(-1.0, 1.0), 0.0, 1.0);
  }`;

const FRAGMENT = `#version 300 es
  precision highp float;
  in vec2 v_at; flat in int v_state; flat in float v_size;
  uniform vec4 u_ink; uniform vec4 u_halo; uniform vec4 u_accent; uniform vec4 u_red; uniform float u_pixel;
  out vec4 color;
  float line(vec2 p, vec2 a, vec2 b) { vec2 d = b - a; return dot(p - a, vec2(-d.y, d.x) / length(d)); }
  float arrow(vec2 p, float r) {
    p.x = abs(p.x);
    float side = line(p, vec2(r * 0.72, r * 0.8), vec2(0.0, -r));
    float notch = line(p, vec2(0.0, r * 0.45), vec2(r * 0.72, r * 0.8));
    return max(side, notch);
  }
  void main() {
    float r = v_size * 0.66;
    bool isDot = v_size < 7.0;
    bool isStale = (v_state & 3) == ${STALE};
    bool isLost = (v_state & 3) == ${LOST};
    float d = isDot || isLost || (v_state & ${UNKNOWN_HEADING}) != 0 ? length(v_at) - r * (isDot ? 0.9 : 0.72) : arrow(v_at, r);
    vec4 ink = (v_state & ${SELECTED}) != 0 ? u_accent : isLost ? u_red : u_ink;
    float fill = smoothstep(u_pixel, -u_pixel, d);
    float halo = smoothstep(u_pixel, -u_pixel, d - (isDot ? 1.0 : 2.0));
    vec4 c = mix(vec4(u_halo.rgb, 1.0), ink, fill);
    if (!isDot && (isStale || isLost)) {
      float inner = smoothstep(u_pixel, -u_pixel, d + 2.0);
      c = mix(c, vec4(u_halo.rgb, 1.0), inner);
      if (isLost) {
        float dash = step(0.0, sin(atan(v_at.y, v_at.x) * 6.0));
        c = mix(vec4(u_halo.rgb, 1.0), c, dash);
      }
    } else if (!isDot && (v_state & ${WITH_ORDER}) == 0) {
      c = mix(c, vec4(u_halo.rgb, 1.0), smoothstep(u_pixel, -u_pixel, length(v_at - vec2(0.0, r * 0.1)) - r * 0.2));
    }
    float alpha = halo * ((v_state & ${DIMMED}) != 0 ? 0.4 : (v_state & ${OFF_DUTY}) != 0 ? 0.55 : 1.0);
    color = vec4(c.rgb * alpha, alpha);
  }`;

/** A custom layer of MapLibre for a map that is neither turned nor pitched. */
export class Vehicles {
  id = 'vehicles';
  type = 'custom';
  renderingMode = '2d';

  #map;
  #fleet;
  #program;
  #buffer;
  #array;
  #uniforms = {};
  #origin = [0, 0];
  #count = 0;
  #movesUntilMs = 0;
  #selection = { driverId: null, isDimming: false };
  #colours = {};
  #data = new Float32Array(0);
  #epochMs = performance.now();

  constructor(fleet) {
    this.#fleet = fleet;
    fleet.onFrame(() => this.#update());
  }

  set colours(value) {
    this.#colours = value;
    this.#map?.triggerRepaint();
  }

  /** The driver that stands out, and whether the others step back. */
  set selection(value) {
    this.#selection = value;
    this.#update();
  }

  onAdd(map, gl) {
    this.#map = map;
    this.#program = link(gl);
    this.#buffer = gl.createBuffer();
    this.#array = gl.createVertexArray();
    gl.bindVertexArray(this.#array);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffer);
    let offset = 0;
    for (const [name, size] of FIELDS) {
      const place = gl.getAttribLocation(this.#program, `a_${name}`);
      gl.enableVertexAttribArray(place);
      gl.vertexAttribPointer(place, size, gl.FLOAT, false, FLOATS * 4, offset);
      gl.vertexAttribDivisor(place, 1);
      offset += size * 4;
    }
    gl.bindVertexArray(null);
    for (const name of ['origin', 'viewport', 'scale', 'now', 'size', 'ink', 'halo', 'accent', 'red', 'pixel']) {
      this.#uniforms[name] = gl.getUniformLocation(this.#program, `u_${name}`);
    }
    this.#update();
  }

  render(gl) {
    if (this.#count === 0) {
      return;
    }
    const map = this.#map;
    const { clientWidth: width, clientHeight: height } = map.getCanvas();
    const scale = 512 * 2 ** map.getZoom();
    const centre = map.getCenter();
    const [x, y] = mercator(centre.lng, centre.lat);
    const u = this.#uniforms;
    const nowMs = performance.now();
    gl.useProgram(this.#program);
    gl.bindVertexArray(this.#array);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffer);
    gl.bufferData(gl.ARRAY_BUFFER, this.#data, gl.DYNAMIC_DRAW);
    gl.uniform2f(u.origin, (this.#origin[0] - x) * scale + width / 2, (this.#origin[1] - y) * scale + height / 2);
    gl.uniform2f(u.viewport, width, height);
    gl.uniform1f(u.scale, scale);
    gl.uniform1f(u.now, nowMs - this.#epochMs);
    gl.uniform1f(u.size, sizeAt(map.getZoom()));
    gl.uniform1f(u.pixel, 0.5 / devicePixelRatio + 0.25);
    for (const name of ['ink', 'halo', 'accent', 'red']) {
      gl.uniform4fv(u[name], this.#colours[name]);
    }
    gl.disable(gl.DEPTH_TEST);
    gl.disable(gl.STENCIL_TEST);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, this.#count);
    gl.bindVertexArray(null);
    if (nowMs < this.#movesUntilMs && document.visibilityState === 'visible') {
      map.triggerRepaint();
    }
  }

  /** The driver nearest to a point of the canvas, in pixels; undefined if there is none near it. */
  pick({ x, y }, radius = 14) {
    const scale = 512 * 2 ** this.#map.getZoom();
    const centre = this.#map.getCenter();
    const canvas = this.#map.getCanvas();
    const [centreX, centreY] = mercator(centre.lng, centre.lat);
    const at = [centreX + (x - canvas.clientWidth / 2) / scale, centreY + (y - canvas.clientHeight / 2) / scale];
    const nowMs = performance.now();
    let nearest = radius / scale;
    let found;
    for (const driver of this.#fleet.drivers.values()) {
      const [dx, dy] = Fleet.at(driver, nowMs);
      const distance = Math.hypot(dx - at[0], dy - at[1]);
      if (distance < nearest) {
        nearest = distance;
        found = driver;
      }
    }
    return found;
  }

  #update() {
    if (!this.#map) {
      return;
    }
    const drivers = [...this.#fleet.drivers.values()];
    if (drivers.length > 0) {
      this.#origin = drivers[0].to;
    }
    if (this.#data.length < drivers.length * FLOATS) {
      this.#data = new Float32Array(Math.ceil(drivers.length * 1.25) * FLOATS);
    }
    const context = { origin: this.#origin, epochMs: this.#epochMs, selection: this.#selection };
    this.#movesUntilMs = 0;
    drivers.forEach((driver, i) => {
      this.#data.set(FIELDS.flatMap(([, , valuesOf]) => valuesOf(driver, context)), i * FLOATS);
      this.#movesUntilMs = Math.max(this.#movesUntilMs, driver.t1);
    });
    this.#count = drivers.length;
    this.#map.triggerRepaint();
  }
}

/** Half the width of a driver in pixels: a dot from afar, smaller where a town is seen as a whole. */
function sizeAt(zoom) {
  return zoom < 11 ? 4 : Math.min(16, Math.max(9, 16 - 3 * (14 - zoom)));
}

/** The bits that the shader draws from. */
function stateOf({ id, signal, hasOrder, isOnDuty, heading }, { driverId, isDimming }) {
  return SIGNALS.indexOf(signal) | (hasOrder ? WITH_ORDER : 0) | (heading === null ? UNKNOWN_HEADING : 0) | (isOnDuty || hasOrder ? 0 : OFF_DUTY)
    | (id === driverId ? SELECTED : isDimming ? DIMMED : 0);
}

function link(gl) {
  const program = gl.createProgram();
  for (const [type, source] of [[gl.VERTEX_SHADER, VERTEX], [gl.FRAGMENT_SHADER, FRAGMENT]]) {
    const shader = gl.createShader(type);
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS)) {
      throw new Error(gl.getShaderInfoLog(shader));
    }
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS)) {
    throw new Error(gl.getProgramInfoLog(program));
  }
  return program;
}
