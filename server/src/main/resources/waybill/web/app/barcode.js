// Reads codes from a video: with the detector of the browser, or with zxing where there is none.

const READER = new URL('../../vendor/zxing-wasm-3.1.6/zxing_reader.js', import.meta.url);
const READER_WASM = new URL('../../vendor/zxing-wasm-3.1.6/zxing_reader.wasm', import.meta.url);

/** A larger picture takes longer, and shows no more of a code. */
const PICTURE_MAX_PX = 1_024;

/** A function that resolves with the text of the code in a video, or undefined. Rejects when there is no reader. */
export async function openReader() {
  return (await nativeReader()) ?? zxingReader();
}

async function nativeReader() {
  const formats = 'BarcodeDetector' in globalThis ? await BarcodeDetector.getSupportedFormats() : [];
  if (formats.length === 0) {
    return undefined; // as on a phone without Google's services
  }
  const detector = new BarcodeDetector();
  return async (video) => (await detector.detect(video))[0]?.rawValue;
}

async function zxingReader() {
  await loadScript(READER.href);
  const { prepareZXingModule, readBarcodes } = globalThis.ZXingWASM;
  await prepareZXingModule({ overrides: { locateFile: () => READER_WASM.href }, fireImmediately: true });
  const canvas = document.createElement('canvas');
  const pencil = canvas.getContext('2d', { willReadFrequently: true });
  return async (video) => {
    const scale = Math.min(1, PICTURE_MAX_PX / Math.max(video.videoWidth, video.videoHeight));
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    pencil.drawImage(video, 0, 0, canvas.width, canvas.height);
    const [found] = await readBarcodes(pencil.getImageData(0, 0, canvas.width, canvas.height), { maxNumberOfSymbols: 1 });
    return found?.text;
  };
}

function loadScript(src) {
  if (globalThis.ZXingWASM) {
    return Promise.resolve();
  }
  return new Promise((resolve, reject) => {
    document.head.append(Object.assign(document.createElement('script'), { src, onload: resolve, onerror: () => reject(new Error(src)) }));
  });
}
