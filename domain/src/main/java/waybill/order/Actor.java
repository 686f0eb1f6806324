package waybill.order;

import java.util.Locale;

/// Who did something to an order.
public record Actor(Kind kind, String id) {

    /// How an actor is known.
    public enum Kind {
        /// A store, by its id.
        STORE,

        /// A driver who said who they are, and may come back under that name.
        DRIVER,

        /// Somebody known only by the connection they speak through. They cannot be known again once it is gone.
        SOCKET
    }

    /// The form in which an actor is kept and shown: `driver:7`.
    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + ":" + id;
    }

    /// Reads what [#toString] wrote.
    public static Actor parse(String text) {
        var colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("actor: " + text + " (expected: kind:id)");
        }
        return new Actor(Kind.valueOf(text.substring(0, colon).toUpperCase(Locale.ROOT)), text.substring(colon + 1));
    }
}
