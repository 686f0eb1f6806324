// The sound of a new order. A browser plays none before its user has touched the page.
import { signal } from '@preact/signals';

const KEY = 'waybill.sound';

const REPEAT_MS = 4_000;

/** Two notes, in Hz, and when each begins, in seconds. */
const NOTES = [[784, 0], [1_047, 0.22]];
const NOTE_S = 0.5;

let audio;
let timer;

/** Whether new orders are to sound, which the device remembers. */
export const isSoundOn = signal(localStorage.getItem(KEY) === 'true');

/** Whether they can: from the first touch in each visit. */
export const isAudible = signal(false);

export function switchSound() {
  isSoundOn.value = !isSoundOn.value;
  localStorage.setItem(KEY, String(isSoundOn.value));
  if (isSoundOn.value) {
    unlock().then(play);
  }
}

/** Called while the user touches the page. */
export async function unlock() {
  if (!isSoundOn.value || isAudible.value) {
    return;
  }
  if (!audio) {
    audio = new AudioContext();
    audio.addEventListener('statechange', () => (isAudible.value = audio.state === 'running'));
  }
  await audio.resume();
}

/** Sounds again and again, until it is called with false. */
export function ring(isWanted) {
  if (isWanted && timer === undefined) {
    play();
    timer = setInterval(play, REPEAT_MS);
  } else if (!isWanted) {
    clearInterval(timer);
    timer = undefined;
  }
}

function play() {
  if (!isSoundOn.peek() || audio?.state !== 'running') {
    return;
  }
  for (const [frequency, at] of NOTES) {
    const start = audio.currentTime + at;
    const tone = new OscillatorNode(audio, { type: 'sine', frequency });
    const volume = new GainNode(audio, { gain: 0 });
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(0.4, start + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.001, start + NOTE_S);
    tone.connect(volume).connect(audio.destination);
    tone.start(start);
    tone.stop(start + NOTE_S);
  }
}
