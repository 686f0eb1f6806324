/** Makes the camera of a page show a text as a barcode, Code 39. Evaluated in the page. */
export function showCode(text) {
  // Nine bars and gaps of each character, of which some are wide.
  const wide = {
    0: '000110100', 1: '100100001', 2: '001100001', 3: '101100000', 4: '000110001', 5: '100110000', 6: '001110000', 7: '000100101',
    8: '100100100', 9: '001100100', B: '001001001', W: '111000000', '-': '010000101', '*': '010010100',
  };
  const canvas = Object.assign(document.createElement('canvas'), { width: 1_024, height: 400 });
  const pencil = canvas.getContext('2d');
  const draw = () => {
    pencil.fillStyle = '#fff';
    pencil.fillRect(0, 0, canvas.width, canvas.height);
    pencil.fillStyle = '#000';
    let x = 40;
    for (const character of `*${text}*`) {
      [...wide[character]].forEach((isWide, i) => {
        const width = isWide === '1' ? 6 : 2;
        if (i % 2 === 0) {
          pencil.fillRect(x, 80, width, 240);
        }
        x += width;
      });
      x += 2;
    }
    requestAnimationFrame(draw);
  };
  draw();
  navigator.mediaDevices.getUserMedia = async () => canvas.captureStream(10);
}
