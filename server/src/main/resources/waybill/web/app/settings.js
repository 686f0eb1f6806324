/** The hub's settings, which the page brings with it. */
export const settings = JSON.parse(document.getElementById('settings').textContent);
