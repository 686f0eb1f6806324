package waybill.server.live;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import waybill.access.Role;
import waybill.socketio.Handshake;

/// A namespace where dialects are spoken: which of them, and who may come.
enum NamespaceSpec {
    REALTIME("/realtime"),
    MARKETPLACE("/marketplace"),
    STOREFRONT("/storefront"),
    CUSTOMER("/customer"),
    DELIVERY("/delivery"),
    ADMIN("/admin"),

    /// Where two dialects are spoken, each socket its own.
    MAIN("/");

    final String namespace;

    NamespaceSpec(String namespace) {
        this.namespace = namespace;
    }

    /// Who may come.
    Set<Role> roles() {
        return switch (this) {
            case REALTIME, MARKETPLACE, STOREFRONT, MAIN -> EnumSet.allOf(Role.class);
            case CUSTOMER -> EnumSet.of(Role.CUSTOMER);
            case DELIVERY -> EnumSet.of(Role.DRIVER);
            case ADMIN -> EnumSet.of(Role.ADMIN);
        };
    }

    /// What a socket speaks; empty when it asks for what is not spoken here.
    Optional<DialectChannel> channel(Handshake handshake, DialectChannels channels) {
        return switch (this) {
            case REALTIME -> Optional.of(channels.realtime());
            case MARKETPLACE -> Optional.of(channels.marketplace());
            case STOREFRONT, CUSTOMER, DELIVERY, ADMIN -> Optional.of(channels.storefront());
            case MAIN -> requestedChannel(handshake, channels);
        };
    }

    private static Optional<DialectChannel> requestedChannel(Handshake handshake, DialectChannels channels) {
        var word = handshake.query("dialect");
        if (word == null) {
            return Optional.of(handshake.query("token") == null ? channels.storefront() : channels.marketplace());
        }
        return switch (word) {
            case "marketplace" -> Optional.of(channels.marketplace());
            case "storefront" -> Optional.of(channels.storefront());
            default -> Optional.empty();
        };
    }

    /// Whether a socket may come in without a token where everybody is believed, and say later who it is.
    boolean allowsAnonymous(DialectChannel channel, DialectChannels channels) {
        return (this == MAIN || this == STOREFRONT) && channel == channels.storefront();
    }
}
