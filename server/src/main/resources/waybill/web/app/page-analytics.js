// Figures of the last day and hour: orders, punctuality, ETAs, connections, events and latency.
import { useEffect } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import { Chart } from './chart.js';
import { Failure, Table, useAnswer } from './page-data.js';
import { clockTime, duration, html, loadStyles } from './ui.js';

const count = (value) => (Number.isInteger(value) ? value.toLocaleString() : value.toFixed(value < 10 ? 1 : 0));
const percent = (value) => `${Math.round(value)} %`;
const milliseconds = (value) => `${count(value)} ms`;
const minutes = (value) => (value === undefined ? '–' : `${value.toFixed(1)} min`);

export default function Analytics({ orders }) {
  const isStyled = useSignal(false);
  useEffect(() => {
    loadStyles(document.body.dataset.chartCss).then(() => (isStyled.value = true));
  }, []);
  const { answer, failure } = useAnswer(orders, '/analytics');
  return html`<${Failure} text=${failure} />
    ${answer && isStyled.value && html`
      <${Figures} answer=${answer} />
      <div class="charts">
        <${OrderCharts} answer=${answer} />
        <${LoadCharts} samples=${answer.samples} />
        <${EtaErrors} orders=${orders} />
      </div>`}
    ${orders.me.value?.role === 'admin' && html`<${Durations} orders=${orders} />`}`;
}

function share({ onTime, delivered }) {
  return delivered === 0 ? null : (onTime / delivered) * 100;
}

function sum(hours, name) {
  return hours.reduce((total, hour) => total + hour[name], 0);
}

/** The day and the moment in five numbers. */
function Figures({ answer: { hours, samples } }) {
  const onTime = share({ onTime: sum(hours, 'onTime'), delivered: sum(hours, 'delivered') });
  const last = samples.at(-1);
  const figures = [
    ['placed in 24 h', count(sum(hours, 'placed'))],
    ['delivered in 24 h', count(sum(hours, 'delivered'))],
    ['of them on time', onTime === null ? '–' : percent(onTime)],
    ['connections', last ? count(last.connections) : '–'],
    ['events a second', last ? count(last.sentPerSecond) : '–'],
    ['95 % sent within', last?.p95Ms === undefined ? '–' : milliseconds(last.p95Ms)],
  ];
  return html`<ul class="figures">${figures.map(([text, value]) => html`<li key=${text}><strong class="figure">${value}</strong><span>${text}</span></li>`)}</ul>`;
}

function OrderCharts({ answer: { hours, countedFrom } }) {
  const times = hours.map(({ from }) => Date.parse(from));
  const isPart = Date.parse(countedFrom) > times[0];
  const values = (name) => hours.map((hour) => hour[name]);
  return html`
    <${Chart} title="Orders per hour" note=${isPart ? `Counted from ${clockTime(countedFrom)}` : 'The last 24 hours'} times=${times} format=${count}
      series=${[{ label: 'Placed', values: values('placed'), style: 'back' }, { label: 'Delivered', values: values('delivered'), style: 'bar' }]} empty="No order yet." />
    <${Chart} title="Delivered on time" note="By the promised time, or without a delay alert" times=${times} format=${percent} max=${100}
      series=${[{ label: 'On time', values: hours.map(share), style: 'bar' }]} empty="No order was delivered yet." />`;
}

function LoadCharts({ samples }) {
  const times = samples.map(({ at }) => Date.parse(at));
  const values = (name) => samples.map((sample) => sample[name] ?? null);
  return html`
    <${Chart} title="Connections" note="The last hour" times=${times} format=${count}
      series=${[{ label: 'Connections', values: values('connections'), style: 'main' }, { label: 'Users', values: values('users'), style: 'second' }]} empty="Nothing is connected." />
    <${Chart} title="Events a second" note="Sent ones count once per broadcast" times=${times} format=${count}
      series=${[{ label: 'Sent', values: values('sentPerSecond'), style: 'main' }, { label: 'Received', values: values('receivedPerSecond'), style: 'second' }]} empty="No event yet." />
    <${Chart} title="Event latency" note="From a change until the hub has sent it, of the last 1,000" times=${times} format=${milliseconds}
      series=${[{ label: 'p50', values: values('p50Ms'), style: 'second' }, { label: 'p95', values: values('p95Ms'), style: 'main' }, { label: 'p99', values: values('p99Ms'), style: 'dashed' }]} empty="No event yet." />`;
}

const STAGES = { before_pickup: 'Before the pickup', to_stop: 'On the way' };

function EtaErrors({ orders }) {
  const { answer, failure } = useAnswer(orders, '/eta/calibration');
  const rows = answer?.rows.filter(({ deliveries }) => deliveries > 0) ?? [];
  const km = (metres) => `${metres / 1_000}`;
  return html`<section class="chart" aria-label="ETA error">
    <header><h2>ETA error</h2><p class="quiet">The first ETA of an order and its arrival; the band aims at 80 %</p></header>
    <${Failure} text=${failure} />
    ${answer && html`<${Table} label="ETA error" columns=${['Stage', 'Distance', 'Orders', 'Half within', '9 of 10', 'Later by', 'In the band']} empty="No delivery has shown yet how far ETAs are off."
      rows=${rows.map((row) => ({
        key: `${row.stage} ${row.metresFrom}`,
        cells: [
          STAGES[row.stage], row.metresTo === undefined ? `over ${km(row.metresFrom)} km` : `${km(row.metresFrom)} to ${km(row.metresTo)} km`, row.deliveries,
          minutes(row.p50ErrorMinutes), minutes(row.p90ErrorMinutes), minutes(row.laterByMinutes), percent(row.coverage * 100),
        ],
      }))} />`}
  </section>`;
}

function Durations({ orders }) {
  const { answer, failure } = useAnswer(orders, '/metrics/socket');
  const longest = 86_400;
  const bound = (seconds) => (seconds >= longest ? 'over 8 h' : duration(seconds * 1_000));
  return html`<section aria-label="Connections that have ended"><h2>Connections that have ended</h2>
    <p class="quiet">How long they lasted, since the hub was started ${answer ? `${duration(answer.uptime * 1_000)} ago` : ''}.</p>
    <${Failure} text=${failure} />
    ${answer && html`<${Table} label="Connections that have ended" columns=${['Namespace', 'Role', 'Connections', 'Mean', 'Half at most', '95 % at most']} empty="None has ended yet."
      rows=${answer.connectionDurations.map((row) => ({
        key: `${row.namespace} ${row.role}`,
        cells: [row.namespace, row.role, count(row.count), duration((row.totalSeconds / row.count) * 1_000), bound(row.medianAtMostSeconds), bound(row.p95AtMostSeconds)],
      }))} />`}
  </section>`;
}
