// What the customer reads.

export const STATUS = {
  pending: 'The store has yet to accept your order.',
  payment_confirmed: 'Your payment was received. The store has yet to accept your order.',
  accepted: 'The store has accepted your order.',
  preparing: 'The store is preparing your order.',
  ready_for_pickup: 'Your order is ready and waits for a driver.',
  assigned_to_driver: 'A driver is on the way to the store.',
  picked_up: 'The driver has your order.',
  in_transit: 'Your order is on its way to you.',
  delivered: 'Your order was delivered.',
  cancelled: 'Your order was cancelled.',
  declined: 'The store did not accept your order.',
  expired: 'The store did not answer in time.',
  failed: 'The delivery did not succeed.',
  returned: 'Your order went back to the store.',
};

export const ENDED = new Set(['delivered', 'cancelled', 'declined', 'expired', 'failed', 'returned']);

export const CONNECTION = {
  connecting: 'Connecting …',
  connected: 'Live',
  'signed-out': 'The hub does not accept the token. Sign in again.',
  closed: 'Not connected',
};

export const FRESHNESS = {
  live: 'The driver is at',
  stale: 'The driver was last seen at',
  lost: 'The driver has no signal. It was last seen at',
};

export function ago(ms) {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  if (seconds < 10) {
    return 'just now';
  }
  return seconds < 120 ? `${seconds} seconds ago` : `${Math.round(seconds / 60)} minutes ago`;
}
