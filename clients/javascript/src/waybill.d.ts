/** An order's status. */
export type OrderStatus =
  | 'pending' | 'payment_confirmed' | 'accepted' | 'preparing' | 'ready_for_pickup' | 'assigned_to_driver'
  | 'picked_up' | 'in_transit' | 'delivered' | 'cancelled' | 'declined' | 'expired' | 'failed' | 'returned';

export type ErrorCode =
  | 'unauthenticated' | 'forbidden' | 'not_found' | 'invalid' | 'conflict' | 'rate_limited' | 'too_large' | 'unavailable'
  /** The hub did not answer. */
  | 'offline';

/** A request that the hub refused, or that it did not answer. */
export class WaybillError extends Error {
  readonly code: ErrorCode | string;
  /** The field of the request that is wrong. */
  readonly field?: string;
  readonly retryAfterMs?: number;
  /** The HTTP status, of a REST request. */
  readonly status?: number;
  /** Whether the same request may succeed later. */
  readonly isTemporary: boolean;
}

/** Why the client asks for a token. */
export interface TokenReason {
  /** The one in use expires within a minute. */
  isExpiring?: boolean;
  /** The hub did not accept the one before. */
  isRejected?: boolean;
}

/** `localStorage`, React Native's `AsyncStorage`, or anything like them. */
export interface KeyValueStore {
  getItem(key: string): string | null | undefined | Promise<string | null | undefined>;
  setItem(key: string, value: string): unknown;
}

/** Where files of waiting actions survive a restart, by the key of the action: a table of IndexedDB, or a folder. */
export interface FileStore {
  put(key: string, file: Blob): unknown;
  get(key: string): Blob | undefined | Promise<Blob | undefined>;
  delete(key: string): unknown;
}

export interface Options {
  /** The user's token, or a function that returns a fresh one. It is called for each connection. */
  token: string | ((reason: TokenReason) => string | Promise<string>);
  /** Where the outbox, the waiting positions and the id of the last event survive a restart; memory if absent. */
  storage?: KeyValueStore;
  /** Where the files of waiting actions survive a restart; memory if absent. */
  files?: FileStore;
  /** Distinguishes clients that share a storage, for example by user; `default` if absent. */
  name?: string;
  /** `io` of socket.io-client, instead of the imported one. */
  io?: Function;
  fetch?: typeof globalThis.fetch;
  /** Further options of socket.io-client. */
  socket?: Record<string, unknown>;
}

export interface State {
  readonly name: 'connecting' | 'connected' | 'signed-out' | 'closed';
  readonly code?: string;
  readonly message?: string;
}

export interface Position {
  readonly latitude: number;
  readonly longitude: number;
  /** Degrees clockwise from north. */
  readonly heading: number | null;
  /** Metres per second. */
  readonly speed: number | null;
  readonly recordedAt: string;
  /** When it was recorded, in milliseconds since 1970 by this machine's clock. */
  readonly atMs: number;
}

export type Signal = 'live' | 'stale' | 'lost';

export interface Eta {
  readonly etaMinutes: number;
  readonly estimatedDeliveryTime: string;
  /** Four of five orders arrive between `low` and `high` minutes. */
  readonly low: number;
  readonly high: number;
  readonly etaSource?: string;
}

export interface OrderState {
  readonly orderId: string;
  /** Null until the hub has answered. */
  readonly status: OrderStatus | null;
  readonly orderNumber: string | null;
  readonly driverId: string | null;
  readonly position: Position | null;
  readonly signal: Signal | null;
  readonly eta: Eta | null;
  /** Why the hub does not show the order. */
  readonly error: WaybillError | null;
}

export interface OrderView {
  /** The newest state; the same object until something changes. */
  readonly value: OrderState;
  /** Calls the listener after every change; returns what ends that. */
  subscribe(listener: (value: OrderState) => void): () => void;
}

/** How fresh a position is: live up to two minutes, then stale, lost from five on. */
export function freshness(position: Position, nowMs?: number): Signal;

/** A position of this driver. Without `recordedAt` it is of now. */
export interface Fix {
  latitude: number;
  longitude: number;
  orderId?: string;
  heading?: number | null;
  speed?: number | null;
  accuracy?: number | null;
  recordedAt?: string | number;
}

/** A REST request that waits for the hub. */
export interface Action {
  readonly key: string;
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  /** Whether the body is a file, which is not part of the action. */
  readonly isFile?: boolean;
  /** When the user acted. */
  readonly at: string;
}

/** The client's own events. All others are the hub's, each once and in order. */
export interface Events {
  state: State;
  connected: { userId: string; role: string; socketId: string; serverTime: string };
  /** Events are missing that the hub no longer has: load the state with `GET /orders/active`. */
  gap: { since: number; complete: false; message: string };
  /** How many actions wait. */
  outbox: number;
  action_done: { action: Action; result: unknown };
  action_refused: { action: Action; error: WaybillError };
  position_verdict: { ok: true; verdict: string; clockOffsetMs?: number; accepted?: number };
  position_rejected: { positions: Fix[]; error: WaybillError };
  /** The storage failed: what waits is in memory alone. */
  storage_failed: unknown;
}

export class Waybill {
  constructor(url: string, options: Options);
  readonly state: State;
  /** How many actions wait for the hub. */
  readonly waiting: number;
  on<E extends keyof Events>(event: E, listener: (data: Events[E]) => void): () => void;
  on(event: string, listener: (data: any) => void): () => void;
  /** The live view of an order, followed as long as it has a listener. */
  order(orderId: string): OrderView;
  /** Emits an event now; resolves with its ack. */
  emit(event: string, data?: unknown): Promise<any>;
  /** Sends a REST request now; resolves with its response. `path` is below `/api/v1`. */
  request(method: string, path: string, body?: unknown): Promise<any>;
  /** Sends a REST request as soon as the hub can be reached, in order, and executed once. A `Blob` is sent as it is. */
  act(method: string, path: string, body?: unknown): Promise<any>;
  /** Reports a position of this driver, now or as soon as the hub can be reached. */
  reportPosition(position: Fix): Promise<void>;
  close(): Promise<void>;
}

/** Connects to a hub, and stays connected until `close`. */
export function connect(url: string, options: Options): Waybill;
