// Webhooks, and the jobs that carry events to other systems and to phones.
import { useSignal } from '@preact/signals';
import { say } from './assign.js';
import { Failure, Table, useAnswer } from './page-data.js';
import { Time, html } from './ui.js';

const JOBS_MAX = 100;
const STATES = [['', 'All'], ['pending', 'Waiting'], ['dead', 'Dead letters'], ['delivered', 'Delivered'], ['skipped', 'Skipped']];

export default function Webhooks({ orders }) {
  const version = useSignal(0);
  const endpoints = useAnswer(orders, '/webhooks', version.value);
  /** Runs an action, says what came of it, and shows what has changed. */
  const attempt = async (action, done) => {
    try {
      await action();
      say(done);
    } catch (failure) {
      say(failure.message, { isBad: true });
    }
    version.value++;
  };
  return html`<${Endpoints} orders=${orders} endpoints=${endpoints} attempt=${attempt} />
    <${Jobs} orders=${orders} endpoints=${endpoints} version=${version.value} attempt=${attempt} />`;
}

function Endpoints({ orders, endpoints, attempt }) {
  const { answer, failure } = endpoints;
  const url = useSignal('');
  const secret = useSignal('');
  const add = (event) => {
    event.preventDefault();
    attempt(async () => {
      secret.value = (await orders.request('POST', '/webhooks', { url: url.value })).secret;
      url.value = '';
    }, 'The endpoint was added');
  };
  const set = (id, state) => attempt(() => orders.request('PATCH', `/webhooks/${id}`, { state }), `The endpoint is ${state}`);
  const test = (id) => attempt(() => orders.request('POST', `/webhooks/${id}/test`), 'A test event is on its way');
  return html`<h2>Endpoints</h2>
    <${Failure} text=${failure} />
    ${answer && html`<${Table} label="Endpoints" columns=${['Address', 'Events', 'State', 'Actions']} empty="No endpoint is told of events."
      rows=${answer.webhooks.map((hook) => ({
        key: hook.webhookId,
        cells: [
          html`${hook.url}${hook.storeId && html`<br /><span class="quiet">of ${hook.storeId}</span>`}`,
          hook.events.includes('*') ? 'all' : hook.events.join(', '),
          stateOf(hook),
          html`<span class="actions">
            <button class="button" onClick=${() => test(hook.webhookId)}>Send a test</button>
            ${hook.state === 'enabled'
              ? html`<button class="button" onClick=${() => set(hook.webhookId, 'disabled')}>Disable</button>`
              : html`<button class="button" onClick=${() => set(hook.webhookId, 'enabled')}>Enable</button>`}
          </span>`,
        ],
      }))} />`}
    ${secret.value && html`<p class="notice">The secret that verifies what is sent, shown this once: <code>${secret.value}</code></p>`}
    <form class="form" onSubmit=${add}>
      <label class="field">Add an endpoint, for all events<input type="url" required placeholder="https://" value=${url.value} onInput=${(event) => (url.value = event.target.value)} /></label>
      <button class="button primary">Add</button>
    </form>`;
}

function stateOf({ state, failingSince, disabledReason }) {
  if (state === 'disabled') {
    return `disabled${disabledReason ? `: ${disabledReason}` : ''}`;
  }
  return failingSince ? html`failing since <${Time} at=${failingSince} />` : 'enabled';
}

function Jobs({ orders, endpoints, version, attempt }) {
  const state = useSignal('');
  const { answer, failure } = useAnswer(orders, `/jobs?limit=${JOBS_MAX}${state.value && `&state=${state.value}`}`, version);
  const urls = new Map(endpoints.answer?.webhooks.map(({ webhookId, url }) => [webhookId, url]));
  const replay = (id) => attempt(() => orders.request('POST', `/jobs/${id}/replay`), 'It is sent again');
  return html`<h2>Webhooks, push messages and e-mails</h2>
    <div class="actions" role="group" aria-label="State">${STATES.map(([name, title]) => html`
      <button key=${title} class="button" aria-pressed=${state.value === name} onClick=${() => (state.value = name)}>${title}</button>`)}
    </div>
    <${Failure} text=${failure} />
    ${answer && html`<${Table} label="Jobs" columns=${['Created', 'Channel', 'Receiver', 'Event', 'State', 'Attempts', 'Last outcome', 'Actions']} empty="Nothing was sent in this state."
      rows=${answer.jobs.map((job) => ({
        key: job.jobId,
        cells: [
          html`<${Time} at=${job.createdAt} />`, job.channel, urls.get(job.target) ?? job.target, job.type,
          job.state === 'pending' && job.nextAttemptAt ? html`next attempt <${Time} at=${job.nextAttemptAt} />` : job.state === 'dead' ? 'dead letter' : job.state,
          job.attempts, job.outcome ?? '',
          job.state === 'dead' && html`<button class="button" onClick=${() => replay(job.jobId)}>Send again</button>`,
        ],
      }))} />`}
    ${answer?.next && html`<p class="quiet">The newest ${JOBS_MAX} are shown.</p>`}`;
}
