package waybill.order;

import java.util.Locale;
import waybill.access.Principal;

/// The originator of an event.
public record Actor(Kind kind, String id) {

    /// The hub itself, when a deadline passes.
    public static final Actor HUB = new Actor(Kind.HUB, "deadline");

    /// The hub itself, when the positions of a driver show that it arrives.
    public static final Actor HUB_POSITIONS = new Actor(Kind.HUB, "positions");

    /// The hub itself, when it offers an order to drivers.
    public static final Actor DISPATCH = new Actor(Kind.HUB, "dispatch");

    /// The hub itself, when it looks for what administrators should know.
    public static final Actor HUB_ALERTS = new Actor(Kind.HUB, "alerts");

    /// How an actor is identified.
    public enum Kind {
        /// A store, by its id, when its client gave no other name.
        STORE,

        /// A driver that gave an id, and keeps it across connections.
        DRIVER,

        /// An anonymous client, identified by its connection only. It cannot be identified again after the connection
        /// ends.
        SOCKET,

        CUSTOMER,

        /// A user that acts for a store.
        MERCHANT,

        ADMIN,

        SUPPORT,

        /// A backend with a token of its own.
        SERVICE,

        HUB
    }

    public static Actor of(Principal principal) {
        var kind = switch (principal.role()) {
            case CUSTOMER -> Kind.CUSTOMER;
            case MERCHANT -> Kind.MERCHANT;
            case DRIVER -> Kind.DRIVER;
            case ADMIN -> Kind.ADMIN;
            case SUPPORT -> Kind.SUPPORT;
            case SERVICE -> Kind.SERVICE;
        };
        return new Actor(kind, principal.id());
    }

    public static Actor driver(String id) {
        return new Actor(Kind.DRIVER, id);
    }

    /// The form in which an actor is stored and displayed: `driver:7`.
    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + ":" + id;
    }

    /// Parses what [#toString] wrote.
    public static Actor parse(String text) {
        var colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("actor: " + text + " (expected: kind:id)");
        }
        return new Actor(Kind.valueOf(text.substring(0, colon).toUpperCase(Locale.ROOT)), text.substring(colon + 1));
    }
}
