// The orders that the hub offers to this driver.
import { io } from 'socket.io-client';
import { Store } from './store.js';

/** After how long offers are read again when the hub did not answer. */
const READ_AGAIN_MS = 3_000;

/** Offers come over `/marketplace`; each event only says that the list has changed. */
export class Offers {
  #waybill;
  #onAccepted;
  #socket;
  #readAgain;
  #reads = 0;
  #shownRead = 0;

  /** The round of the offer that the driver answered, by order id: the hub's list may have it a moment longer. */
  #answered = new Map();

  list = new Store([]);
  error = new Store('');

  /** How much the hub's clock is ahead of this phone's. */
  clockOffsetMs = 0;

  /** @param onAccepted called with the order that the driver has from now on */
  constructor(waybill, hub, token, onAccepted) {
    this.#waybill = waybill;
    this.#onAccepted = onAccepted;
    this.#socket = io(`${hub}/marketplace`, { auth: { token } });
    this.#socket.on('connect', () => this.#read());
    this.#socket.on('delivery:new_request', (_, acknowledge) => {
      acknowledge({ received: true });
      this.#read();
    });
    this.#socket.on('delivery:request_closed', () => this.#read());
  }

  /** Accepts now or not at all: an offer does not wait until there is a network. */
  accept(offer) {
    return this.#answer(offer, async () => {
      await this.#waybill.request('POST', `/orders/${offer.orderId}/accept-offer`);
      this.#onAccepted(await this.#waybill.request('GET', `/orders/${offer.orderId}`));
    });
  }

  decline(offer) {
    return this.#answer(offer, () => this.#waybill.request('POST', `/orders/${offer.orderId}/decline-offer`, {}));
  }

  close() {
    clearTimeout(this.#readAgain);
    this.#socket.disconnect();
  }

  async #answer({ orderId, round }, send) {
    this.error.set('');
    try {
      await send();
      this.#answered.set(orderId, round);
      this.list.set(this.list.value.filter((offer) => offer.orderId !== orderId));
    } catch (error) {
      this.error.set(error.message);
    }
    this.#read();
  }

  async #read() {
    const read = ++this.#reads;
    try {
      const { serverTime, offers } = await this.#waybill.request('GET', '/drivers/me/offers');
      if (read > this.#shownRead) { // or a later answer was faster
        this.#shownRead = read;
        this.clockOffsetMs = Date.parse(serverTime) - Date.now();
        this.list.set(offers.filter(({ orderId, round }) => this.#answered.get(orderId) !== round));
      }
    } catch (error) {
      if (error.isTemporary && this.#socket.connected) {
        clearTimeout(this.#readAgain);
        this.#readAgain = setTimeout(() => this.#read(), error.retryAfterMs ?? READ_AGAIN_MS);
      }
    }
  }
}
