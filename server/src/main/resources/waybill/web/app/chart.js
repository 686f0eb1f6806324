// One chart with its legend, and its figures as a table.
import { useEffect, useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import uPlot from 'uplot';
import { Table } from './page-data.js';
import { tokenColours } from './token-colours.js';
import { clockTime, html } from './ui.js';

const HEIGHT = 160;
const HOUR_S = 3_600;

/** The room beside and in the labels of values. */
const LABEL_GAP_PX = 12;

const CHARACTER_PX = 7.5;

/** A chart of a few samples is as long as its labels, which name minutes, need it. */
const SPAN_MIN_S = 180;

const INCREMENTS_S = [60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 14_400, 21_600, 43_200, 86_400];
const TOKENS = ['accent', 'text', 'text-quiet', 'line'];

/** How the series of a chart are told apart: by colour, width and dashes. */
const STYLES = {
  main: { colour: 'accent', width: 2 },
  second: { colour: 'text-quiet', width: 2 },
  dashed: { colour: 'text', width: 1.5, dash: [4, 3] },
  bar: { colour: 'accent', barWidth: 0.34 },
  back: { colour: 'text-quiet', barWidth: 0.7 },
};

/**
 * @param times in milliseconds
 * @param series each `{label, values, style}`; a value may be null
 * @param format a value in words
 * @param empty what is said while there is no value
 */
export function Chart({ title, note, times, series, format, max, empty }) {
  const place = useRef();
  const plot = useRef(null);
  const at = useSignal(null);
  const scheme = useSignal(0);
  const isTableOpen = useSignal(false);
  const isEmpty = series.every(({ values }) => values.every((value) => value === null || value === 0));
  const data = [times.map((time) => time / 1_000), ...series.map(({ values }) => values)];
  useEffect(() => {
    const media = matchMedia('(prefers-color-scheme: dark)');
    const onScheme = () => scheme.value++;
    media.addEventListener('change', onScheme);
    return () => media.removeEventListener('change', onScheme);
  }, []);
  useEffect(() => {
    const chart = new uPlot(options(series, { format, max, onCursor: (index) => (at.value = index) }, place.current.clientWidth), data, place.current);
    plot.current = chart;
    const observer = new ResizeObserver(([{ contentRect }]) => chart.setSize({ width: contentRect.width, height: HEIGHT }));
    observer.observe(place.current);
    return () => {
      observer.disconnect();
      chart.destroy();
    };
  }, [scheme.value]);
  useEffect(() => plot.current.setData(data), [times, series]);
  const index = at.value ?? times.length - 1;
  return html`<figure class="chart" aria-label=${title}>
    <figcaption><h2>${title}</h2>${note && html`<p class="quiet">${note}</p>`}</figcaption>
    <ul class="legend">
      ${series.map(({ label, values, style }) => html`<li key=${label}><span class="key key-${style}"></span>${label}
        <strong class="figure">${text(values[index], format)}</strong></li>`)}
      <li class="quiet at">${at.value === null || times.length === 0 ? '' : clockTime(times[index])}</li>
    </ul>
    <div class="plot" aria-hidden="true" ref=${place}>${isEmpty && html`<p class="quiet">${empty}</p>`}</div>
    <details onToggle=${(event) => (isTableOpen.value = event.target.open)}><summary>As a table</summary>
      ${isTableOpen.value && html`<${Table} label=${`${title}, as a table`} columns=${['Time', ...series.map(({ label }) => label)]} empty=${empty}
        rows=${times.map((time, i) => ({ key: time, cells: [clockTime(time), ...series.map(({ values }) => text(values[i], format))] })).reverse()} />`}
    </details>
  </figure>`;
}

function longest(texts) {
  return Math.max(3, ...(texts ?? []).map((each) => each.length));
}

function text(value, format) {
  return value === null || value === undefined ? '–' : format(value);
}

/** From the times, as uPlot makes a day of one sample. */
function timeRange(times, isBars) {
  if (times.length === 0) {
    return [null, null];
  }
  const [low, high] = [times[0], times.at(-1)];
  return isBars ? [low - HOUR_S / 2, high + HOUR_S / 2] : [Math.min(low, high - SPAN_MIN_S), high];
}

function options(series, { format, max, onCursor }, width) {
  const colours = tokenColours(TOKENS);
  const isBars = series.some(({ style }) => STYLES[style].barWidth);
  const axis = { stroke: colours['text-quiet'], font: '12px Inter, sans-serif', ticks: { show: false }, grid: { stroke: colours.line, width: 1 } };
  return {
    width, height: HEIGHT, padding: [8, 36, 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
    hooks: { setCursor: [(chart) => onCursor(chart.cursor.idx ?? null)] },
    scales: { x: { range: ({ data: [times] }) => timeRange(times, isBars) }, y: { range: (_, low, high) => [0, max ?? Math.max(1, high * 1.1)] } },
    axes: [
      {
        ...axis, size: 28, grid: { show: false }, incrs: INCREMENTS_S, space: 80,
        filter: ({ scales: { x } }, splits) => splits.map((second) => (second <= x.max ? second : null)), // uPlot's first one may be later
        values: (_, splits) => splits.map((second) => (second === null ? null : clockTime(second * 1_000))),
      },
      { ...axis, size: (_, texts) => LABEL_GAP_PX + CHARACTER_PX * longest(texts), space: 36, values: (_, splits) => splits.map(format) },
    ],
    series: [{}, ...series.map(({ label, style }) => {
      const { colour, width: line, dash, barWidth } = STYLES[style];
      return barWidth
        ? { label, stroke: colours[colour], fill: colours[colour], width: 0, points: { show: false }, paths: uPlot.paths.bars({ size: [barWidth, 28] }) }
        : { label, stroke: colours[colour], width: line, dash, points: { show: ({ data: [times] }) => times.length === 1, size: 7, fill: colours[colour] }, spanGaps: false };
    })],
  };
}
