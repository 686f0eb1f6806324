package waybill.socketio.adapter;

import java.time.Duration;

/// How connection state recovery is kept. With no packets, sessions alone are recovered: see [#sessionsOnly].
///
/// @param maxDisconnection how long a client may be away
/// @param packetsMax how many packets are stored for a namespace; a client that missed an older one starts a new
/// session
/// @param sessionsMax how many disconnected clients are stored for a namespace; the longest disconnected is
/// deleted first
/// @param skipMiddlewares whether a client that recovers is not checked again
public record RecoveryConfig(Duration maxDisconnection, int packetsMax, int sessionsMax, boolean skipMiddlewares) {

    /// Two minutes, as in the JavaScript server; middlewares run again, since an authorization may have ended
    /// meanwhile.
    public static RecoveryConfig defaults() {
        return new RecoveryConfig(Duration.ofMinutes(2), 10_000, 10_000, false);
    }

    /// Recovers the client's id and the data on its socket, and no packets: for an application that sends what a
    /// client missed from a durable log of its own. It puts the socket into its rooms itself, in the order that
    /// it needs. Nothing is added to what clients are sent, and nothing of it is stored.
    public static RecoveryConfig sessionsOnly() {
        return new RecoveryConfig(Duration.ofMinutes(2), 0, 10_000, false);
    }

    /// Whether broadcasts are stored, and sent again to a client that recovers.
    public boolean storesPackets() {
        return packetsMax > 0;
    }
}
