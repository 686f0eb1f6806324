// The queues of stores: how much waits, for how long, and for whom.
import { Failure, Table, useAnswer } from './page-data.js';
import { Time, html } from './ui.js';

export default function Queues({ orders }) {
  const { answer, failure } = useAnswer(orders, '/queues');
  return html`
    <p class="quiet">What waits for the programs of the stores, and which of them are connected.</p>
    <${Failure} text=${failure} />
    ${answer && html`<${Table} label="Queues" columns=${['Store', 'Event', 'Waiting', 'Oldest', 'Subscribers']} empty="No queue has messages or subscribers."
      rows=${answer.queues.map(({ store, event, depth, oldest, subscribers }) => ({
        key: `${store} ${event}`,
        cells: [store, event, depth, oldest ? html`<${Time} at=${oldest} />` : '', subscribers.join(', ') || 'none'],
      }))} />`}`;
}
