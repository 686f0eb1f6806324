/// What a vendor and a driver share: a connection to the hub, parcels, and events for the user.
///
/// Apps ([HubClient]) are plain objects confined to one thread. They own no socket, clock or console: the hub is a
/// [Connection], time is a [DelayedExecutor], and output is a [ClientEvent]. [ClientThread] and [SocketConnection] are
/// the real implementations; tests use others.
///
/// Start at [HubClient], then [Outbox].
@NullMarked
package waybill.cli.caps;

import org.jspecify.annotations.NullMarked;
