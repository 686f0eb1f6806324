// The files of the driver's page, for when there is no network. A new version of the files is a new cache.
const CACHE = 'waybill-driver-{{version}}';
const FILES = ['{{files}}'];

addEventListener('install', (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES)).then(() => skipWaiting()));
});

addEventListener('activate', (event) => {
  event.waitUntil(caches.keys()
    .then((names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name))))
    .then(() => clients.claim()));
});

addEventListener('fetch', (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== 'GET' || origin !== location.origin) {
    return;
  }
  if (pathname.startsWith('/assets/')) {
    event.respondWith(caches.match(event.request).then((stored) => stored ?? fetchAndStore(event.request)));
  } else if (pathname === '/driver') {
    event.respondWith(fetch(event.request).catch(() => caches.match('/driver')));
  }
});

/** The map and the reader of codes are stored with their first use. */
async function fetchAndStore(request) {
  const response = await fetch(request);
  if (response.ok) {
    const cache = await caches.open(CACHE);
    await cache.put(request, response.clone());
  }
  return response;
}
