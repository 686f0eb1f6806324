// Keeps the page of a tracking link up to date. The hub renders its text: on news the page is loaded again, and the parts
// that differ are replaced. Once the order is the driver's next stop, there is a map.
import { TrackingMap } from './tracking-map.js';
import { dayAndTime, distance, distanceText, duration } from './words.js';

const PAGE = location.pathname;

/** A page that hears nothing is loaded again after this time, so that its minutes are right. */
const AGAIN_AFTER_MS = 60_000;

/** Of several changes at once the page is loaded for the last. */
const TOGETHER_MS = 150;

/** A position is new for this long, and its age is of interest up to an hour. */
const NEW_MS = 5_000;
const AGE_MAX_MS = 3_600_000;

const main = document.querySelector('main');
let timer;
let isEnded = false;
let order = {};
const shown = new Map([...document.querySelectorAll('[data-part]')].map((part) => [part, part.innerHTML]));
const map = new TrackingMap(document.querySelector('[data-part=now]'));

const connection = document.createElement('p');
connection.className = 'connection';
connection.setAttribute('role', 'status');

/** The times of the page in the time zone and the locale of its reader. */
function localizeTimes() {
  for (const time of document.querySelectorAll('time')) {
    time.textContent = dayAndTime(time.dateTime);
  }
}

async function load() {
  clearTimeout(timer);
  timer = setTimeout(load, AGAIN_AFTER_MS);
  if (document.visibilityState === 'hidden') {
    return;
  }
  try {
    const response = await fetch(PAGE, { headers: { accept: 'text/html' } });
    if (response.ok || response.status === 404) {
      show(new DOMParser().parseFromString(await response.text(), 'text/html'), response.ok);
    }
  } catch {
    // the connection is broken, which the stream reports
  }
}

function show(next, isValid) {
  document.title = next.title;
  if (!isValid) {
    stop();
    main.replaceChildren(...next.querySelector('main').children);
    return;
  }
  for (const [part, text] of shown) {
    const newer = next.querySelector(`[data-part=${part.dataset.part}]`);
    if (newer.innerHTML !== text) {
      shown.set(part, newer.innerHTML);
      part.replaceChildren(...newer.childNodes);
    }
  }
  localizeTimes();
  describePosition();
}

function loadSoon() {
  clearTimeout(timer);
  timer = setTimeout(load, TOGETHER_MS);
}

/** How far away the driver is, and how old that is. */
function describePosition() {
  const seen = document.querySelector('.seen');
  const { position, destination } = order;
  if (!seen || !position) {
    return;
  }
  const ageMs = Math.max(0, Date.now() - Date.parse(position.recordedAt));
  if (ageMs < AGE_MAX_MS) {
    seen.querySelector('.age').textContent = ageMs < NEW_MS ? 'just now' : `${duration(ageMs)} ago`;
  }
  const far = seen.querySelector('.distance');
  if (far && destination) {
    far.textContent = distanceText(distance(position, destination));
  }
}

function onOrder(next) {
  order = next;
  describePosition();
  map.show(order);
}

function stop() {
  isEnded = true;
  clearTimeout(timer);
  clearInterval(ticks);
  source.close();
  map.close();
  connection.textContent = '';
}

const source = new EventSource(`${PAGE}/events`);
source.addEventListener('state', ({ data }) => {
  connection.textContent = '';
  loadSoon();
  onOrder(JSON.parse(data));
});
source.addEventListener('position', ({ data }) => onOrder({ ...order, position: JSON.parse(data) }));
source.addEventListener('eta', loadSoon);
source.addEventListener('end', async () => {
  await load();
  stop();
});
source.addEventListener('open', () => (connection.textContent = ''));
source.addEventListener('error', () => {
  if (!isEnded) {
    connection.textContent = source.readyState === EventSource.CLOSED
      ? 'This page is no longer live. Load it again to see the newest state.'
      : 'The connection is broken. This page connects again by itself.';
  }
});
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && !isEnded && loadSoon());
const ticks = setInterval(describePosition, 1_000);

document.documentElement.classList.add('live');
main.prepend(connection);
localizeTimes();
timer = setTimeout(load, AGAIN_AFTER_MS);
