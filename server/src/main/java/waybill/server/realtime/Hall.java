package waybill.server.realtime;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import waybill.access.Role;
import waybill.socketio.Handshake;

/// A namespace where dialects are spoken: which of them, and who may come.
enum Hall {
    REALTIME("/realtime"),
    MARKETPLACE("/marketplace"),
    STOREFRONT("/storefront"),
    CUSTOMER("/customer"),
    DELIVERY("/delivery"),
    ADMIN("/admin"),

    /// Where two dialects are spoken, each socket its own.
    MAIN("/");

    final String namespace;

    Hall(String namespace) {
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
    Optional<Audience> audience(Handshake handshake, Audiences audiences) {
        return switch (this) {
            case REALTIME -> Optional.of(audiences.realtime());
            case MARKETPLACE -> Optional.of(audiences.marketplace());
            case STOREFRONT, CUSTOMER, DELIVERY, ADMIN -> Optional.of(audiences.storefront());
            case MAIN -> chosen(handshake, audiences);
        };
    }

    private static Optional<Audience> chosen(Handshake handshake, Audiences audiences) {
        var word = handshake.query("dialect");
        if (word == null) {
            return Optional.of(handshake.query("token") == null ? audiences.storefront() : audiences.marketplace());
        }
        return switch (word) {
            case "marketplace" -> Optional.of(audiences.marketplace());
            case "storefront" -> Optional.of(audiences.storefront());
            default -> Optional.empty();
        };
    }

    /// Whether a socket may come in without a token where everybody is believed, and say later who it is.
    boolean isOpen(Audience audience, Audiences audiences) {
        return (this == MAIN || this == STOREFRONT) && audience == audiences.storefront();
    }
}
