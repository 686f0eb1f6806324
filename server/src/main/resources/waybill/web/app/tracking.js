// Keeps the page of a tracking link up to date. The hub renders its text: on news the page is loaded again, and the parts
// that differ are replaced.
const PAGE = location.pathname;

/** A page that hears nothing is loaded again after this time, so that its minutes are right. */
const AGAIN_AFTER_MS = 60_000;

/** Of several changes at once the page is loaded for the last. */
const TOGETHER_MS = 150;

const main = document.querySelector('main');
let timer;
let isEnded = false;
const shown = new Map([...document.querySelectorAll('[data-part]')].map((part) => [part, part.innerHTML]));

const connection = document.createElement('p');
connection.className = 'connection';
connection.setAttribute('role', 'status');

/** The times of the page in the time zone of its reader. */
function localizeTimes() {
  const today = new Date().toDateString();
  for (const time of document.querySelectorAll('time')) {
    const at = new Date(time.dateTime);
    const day = at.toDateString() === today ? {} : { day: 'numeric', month: 'short' };
    time.textContent = at.toLocaleString([], { ...day, hour: '2-digit', minute: '2-digit' });
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
}

function loadSoon() {
  clearTimeout(timer);
  timer = setTimeout(load, TOGETHER_MS);
}

function showPosition(position) {
  if (position?.precision !== 'exact') {
    return;
  }
  const seen = document.querySelector('.seen');
  if (seen) {
    seen.querySelector('span').textContent = `${position.latitude.toFixed(5)}, ${position.longitude.toFixed(5)}`;
    seen.querySelector('time').dateTime = position.recordedAt;
    localizeTimes();
  }
}

function stop() {
  isEnded = true;
  clearTimeout(timer);
  source.close();
  connection.textContent = '';
}

const source = new EventSource(`${PAGE}/events`);
source.addEventListener('state', ({ data }) => {
  connection.textContent = '';
  loadSoon();
  showPosition(JSON.parse(data).position);
});
source.addEventListener('position', ({ data }) => showPosition(JSON.parse(data)));
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

document.documentElement.classList.add('live');
main.prepend(connection);
localizeTimes();
timer = setTimeout(load, AGAIN_AFTER_MS);
