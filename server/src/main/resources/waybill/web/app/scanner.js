// Scans a barcode with the camera, where the browser has a detector.
import { useEffect, useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import { html } from './ui.js';

const LOOK_EVERY_MS = 150;

export const canScan = 'BarcodeDetector' in globalThis && Boolean(navigator.mediaDevices);

export function Scanner({ onCode, onClose }) {
  const video = useRef(null);
  const error = useSignal('');
  useEffect(() => {
    let stream;
    let timer;
    let isOver = false;
    const detector = new BarcodeDetector();
    const look = async () => {
      const [found] = await detector.detect(video.current).catch(() => []);
      if (isOver) {
        return;
      }
      if (found) {
        onCode(found.rawValue.trim());
      } else {
        timer = setTimeout(look, LOOK_EVERY_MS);
      }
    };
    const open = async () => {
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
        if (isOver) {
          stopAll(stream);
          return;
        }
        video.current.srcObject = stream;
        await video.current.play();
        look();
      } catch {
        error.value = 'The camera cannot be used. Type the code instead.';
      }
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
