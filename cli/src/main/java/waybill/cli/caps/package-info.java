/// What a vendor and a driver have in common: a line to the hub, parcels, and what there is to tell the user.
///
/// Apps ([HubClient]) are plain objects confined to one thread. They own no socket, no clock and no console: the hub is
/// a
/// [Line], time is [Later], and what they have to tell goes out as [ClientEvent]. [ClientThread] and [SocketConnection]
/// are the real
/// world; tests bring another.
///
/// Start at [HubClient], then [Outbox].
@NullMarked
package waybill.cli.caps;

import org.jspecify.annotations.NullMarked;
