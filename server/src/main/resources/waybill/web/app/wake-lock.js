// Keeps the screen on while that is wanted and the page is visible. Browsers without the API, and devices that save energy, do not.

let isWanted = false;
let isAsking = false;
let lock;

export function keepAwake(wanted) {
  isWanted = wanted;
  apply();
}

async function apply() {
  if (!isWanted) {
    lock?.release();
    lock = undefined;
    return;
  }
  if (isAsking || document.visibilityState !== 'visible' || (lock && !lock.released)) {
    return;
  }
  isAsking = true;
  try {
    lock = await navigator.wakeLock?.request('screen');
  } catch {
    // the screen goes off as it always does
  }
  isAsking = false;
  if (!isWanted) {
    apply();
  }
}

document.addEventListener('visibilitychange', apply); // the browser releases the lock of a hidden page
