// The proofs of a delivery: a scan, a PIN, a photo, a signature.
import { useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import { shortNumber } from './frame.js';
import { Scanner, canScan } from './scanner.js';
import { Icon, html } from './ui.js';

const LABELS = { scan: 'Scan the package', pin: 'Enter the PIN', photo: 'Take a photo', signature: 'Sign' };
const DONE = { scan: 'Scanned', pin: 'PIN entered', photo: 'Photo taken', signature: 'Signed' };
const ICONS = { scan: 'scan-barcode', pin: 'key-round', photo: 'camera', signature: 'signature' };

const FORMS = { scan: ScanForm, pin: PinForm, photo: PhotoForm, signature: SignatureForm };

/** The longer side of a photo as it is sent, in pixels. */
const PHOTO_MAX_PX = 1_600;
const PHOTO_QUALITY = 0.8;

export function missingProofs({ proofRequired = [] }, { proofs }) {
  return proofRequired.filter((kind) => !proofs.includes(kind));
}

export function Proofs({ order, shift }) {
  const { proofs } = shift.progressOf(order.orderId);
  const missing = missingProofs(order, { proofs });
  return html`<ul class="proofs" aria-label="Proofs">
    ${(order.proofRequired ?? []).map((kind) => html`<li key=${kind}>
      ${proofs.includes(kind)
        ? html`<p class="done"><${Icon} name="check" />${DONE[kind]}</p>`
        : kind === missing[0]
          ? html`<${FORMS[kind]} order=${order} prove=${(fields, file) => shift.prove(order.orderId, kind, fields, file)} />`
          : html`<p class="quiet todo"><${Icon} name=${ICONS[kind]} />${LABELS[kind]}</p>`}
    </li>`)}
  </ul>`;
}

function ScanForm({ order, prove }) {
  const error = useSignal('');
  const isScanning = useSignal(false);
  const take = (code) => {
    isScanning.value = false;
    if ([order.orderId, order.orderNumber, order.externalId].includes(code)) {
      prove({ code });
    } else {
      error.value = `${code} is another package. This is order ${shortNumber(order)}.`;
    }
  };
  return html`<div class="proof">
    ${canScan && html`<button class="button" onClick=${() => (isScanning.value = true)}><${Icon} name="scan-barcode" />Scan the package</button>`}
    ${isScanning.value && html`<${Scanner} onCode=${take} onClose=${() => (isScanning.value = false)} />`}
    <${Entry} label="Code of the package" hint="Type it, or use a scanner that types." error=${error.value} onEntry=${take} />
  </div>`;
}

function PinForm({ prove }) {
  return html`<div class="proof"><${Entry} label="PIN of the customer" hint="Four digits." inputMode="numeric" onEntry=${(pin) => prove({ pin })} /></div>`;
}

/** A field that is entered with its button or with the Enter key, which hardware scanners send. */
function Entry({ label, hint, error = '', inputMode, onEntry }) {
  const input = useRef(null);
  const enter = () => input.current.value.trim() && onEntry(input.current.value.trim());
  return html`<div class="entry">
    <label class="field">${label}<span class="hint">${hint}</span>
      <input ref=${input} inputmode=${inputMode} autocomplete="off" autocapitalize="off" spellcheck="false"
        onKeyDown=${(event) => event.key === 'Enter' && enter()} />
    </label>
    <button class="button" onClick=${enter}>OK</button>
    ${error && html`<p class="notice bad" role="alert">${error}</p>`}
  </div>`;
}

function PhotoForm({ prove }) {
  const error = useSignal('');
  const take = async ({ target }) => {
    try {
      prove({}, await smaller(target.files[0]));
    } catch {
      error.value = 'This file is no photo that the browser can read.';
    }
  };
  return html`<div class="proof">
    <label class="button photo"><${Icon} name="camera" />Take a photo
      <input class="visually-hidden" type="file" accept="image/*" capture="environment" onChange=${take} />
    </label>
    ${error.value && html`<p class="notice bad" role="alert">${error.value}</p>`}
  </div>`;
}

/** A photo as a JPEG of at most 1,600 pixels a side, turned as the camera was. */
async function smaller(file) {
  const image = await createImageBitmap(file, { imageOrientation: 'from-image' });
  const scale = Math.min(1, PHOTO_MAX_PX / Math.max(image.width, image.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(image.width * scale);
  canvas.height = Math.round(image.height * scale);
  canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
  image.close();
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', PHOTO_QUALITY));
}

function SignatureForm({ prove }) {
  const dialog = useRef(null);
  const canvas = useRef(null);
  const pad = useRef(null);
  const name = useRef(null);
  const error = useSignal('');
  const open = async () => {
    const { default: SignaturePad } = await import('signature_pad');
    dialog.current.showModal();
    canvas.current.width = canvas.current.clientWidth * devicePixelRatio;
    canvas.current.height = canvas.current.clientHeight * devicePixelRatio;
    canvas.current.getContext('2d').scale(devicePixelRatio, devicePixelRatio);
    pad.current?.off();
    pad.current = new SignaturePad(canvas.current, { backgroundColor: '#ffffff', penColor: '#12181f' });
    pad.current.clear();
  };
  const finish = () => {
    if (pad.current.isEmpty()) {
      error.value = 'Nothing is signed yet.';
      return;
    }
    canvas.current.toBlob((image) => {
      dialog.current.close();
      prove(name.current.value ? { recipient: name.current.value } : {}, image);
    }, 'image/png');
  };
  return html`<div class="proof">
    <button class="button" onClick=${open}><${Icon} name="signature" />Have it signed</button>
    <dialog ref=${dialog} class="sign" aria-label="Signature">
      <label class="field">Name of the person<input ref=${name} autocomplete="off" /></label>
      <canvas ref=${canvas} aria-label="Sign here" role="img"></canvas>
      ${error.value && html`<p class="notice bad" role="alert">${error.value}</p>`}
      <div class="answers">
        <button class="button" onClick=${() => pad.current.clear()}>Clear</button>
        <button class="button primary" onClick=${finish}>Done</button>
      </div>
      <button class="button bare" onClick=${() => dialog.current.close()}>Back</button>
    </dialog>
  </div>`;
}
