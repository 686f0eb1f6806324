package waybill.server.live;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import waybill.access.Role;
import waybill.socketio.Handshake;

/// A namespace: its dialects and the roles that it admits.
enum NamespaceSpec {
    REALTIME("/realtime"),
    MARKETPLACE("/marketplace"),
    STOREFRONT("/storefront"),
    CUSTOMER("/customer"),
    DELIVERY("/delivery"),
    ADMIN("/admin"),

    /// With two dialects, each socket has its own.
    MAIN("/");

    final String namespace;

    NamespaceSpec(String namespace) {
        this.namespace = namespace;
    }

    /// The admitted roles.
    Set<Role> roles() {
        return switch (this) {
            case REALTIME, MARKETPLACE, STOREFRONT, MAIN -> EnumSet.complementOf(EnumSet.of(Role.SERVICE));
            case CUSTOMER -> EnumSet.of(Role.CUSTOMER);
            case DELIVERY -> EnumSet.of(Role.DRIVER);
            case ADMIN -> EnumSet.of(Role.ADMIN);
        };
    }

    /// The dialect of a socket; empty if it requests one that is not served here.
    Optional<DialectChannel> channel(Handshake handshake, DialectChannels channels) {
        return switch (this) {
            case REALTIME -> Optional.of(channels.realtime());
            case MARKETPLACE -> Optional.of(channels.marketplace());
            case STOREFRONT, CUSTOMER, DELIVERY, ADMIN -> Optional.of(channels.storefront());
            case MAIN -> requestedChannel(handshake, channels);
        };
    }

    private static Optional<DialectChannel> requestedChannel(Handshake handshake, DialectChannels channels) {
        var requested = handshake.query("dialect");
        if (requested == null) {
            return Optional.of(handshake.query("token") == null ? channels.storefront() : channels.marketplace());
        }
        return switch (requested) {
            case "marketplace" -> Optional.of(channels.marketplace());
            case "storefront" -> Optional.of(channels.storefront());
            default -> Optional.empty();
        };
    }

    /// Whether in development mode a socket is admitted without a token, and may claim an identity later.
    boolean allowsAnonymous(DialectChannel channel, DialectChannels channels) {
        return (this == MAIN || this == STOREFRONT) && channel == channels.storefront();
    }
}
