// Scans a code with the camera.
import { useEffect, useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import { openReader } from './barcode.js';
import { html } from './ui.js';

const LOOK_EVERY_MS = 150;

/** Browsers give the camera over HTTPS and on `localhost` alone. */
export const canScan = Boolean(navigator.mediaDevices);

export function Scanner({ onCode, onClose }) {
  const video = useRef(null);
  const error = useSignal('');
  useEffect(() => {
    let stream;
    let timer;
    let isOver = false;
    const look = async (read) => {
      const code = await read(video.current).catch(() => undefined);
      if (isOver) {
        return;
      }
      if (code) {
        onCode(code.trim());
      } else {
        timer = setTimeout(look, LOOK_EVERY_MS, read);
      }
    };
    const open = async () => {
      const reader = openReader();
      reader.catch(() => {}); // handled below, after the camera
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
        if (isOver) {
          stopAll(stream);
          return;
        }
        video.current.srcObject = stream;
        await video.current.play();
      } catch {
        error.value = 'The camera cannot be used. Type the code instead.';
        return;
      }
      reader.then(look, () => (error.value = 'Scanning needs a network the first time. Type the code instead.'));
    };
    open();
    return () => {
      isOver = true;
      clearTimeout(timer);
      stopAll(stream);
    };
  }, []);
  return html`<div class="scanner">
    ${error.value ? html`<p class="notice bad" role="alert">${error.value}</p>` : html`<video ref=${video} muted playsinline></video>`}
    <button class="button" onClick=${onClose}>Stop scanning</button>
  </div>`;
}

function stopAll(stream) {
  stream?.getTracks().forEach((track) => track.stop());
}
