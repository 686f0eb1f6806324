package waybill.server.dialect;

import java.io.IOException;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import waybill.access.Role;
import waybill.order.OrderId;

/// How payloads that are common to several dialects are understood.
final class Hearing {

    /// The longest name that a user or a driver may have.
    static final int NAME_MAX = 200;

    /// The longest reason that somebody may give.
    static final int REASON_MAX = 500;

    private Hearing() {}

    /// Makes sense of a payload.
    interface Sense {
        Heard of(Reading reading) throws IOException, NotUnderstood;
    }

    static Heard hear(String json, Sense sense) {
        try (var reading = new Reading(json)) {
            return sense.of(reading);
        } catch (NotUnderstood e) {
            return e.heard();
        } catch (IOException _) {
            return new Heard.Malformed("payload", "payload: no JSON, or nested too deep (expected: a JSON object)");
        }
    }

    /// The id of an order, as it is or in an object under that name.
    static Heard order(String json, String field, Function<OrderId, Heard> meaning) {
        return orderWithReason(json, field, (order, _) -> meaning.apply(order));
    }

    /// The same, with a reason that may be left out and is empty then.
    static Heard orderWithReason(String json, String field, BiFunction<OrderId, String, Heard> meaning) {
        return hear(json, reading -> {
            @Nullable OrderId order = null;
            @Nullable String reason = null;
            if (reading.isText()) {
                reading.call(field);
                order = reading.orderId();
            } else {
                reading.open();
                for (var name = reading.next(); name != null; name = reading.next()) {
                    if (name.equals(field)) {
                        order = reading.orderId();
                    } else if (name.equals("reason")) {
                        reason = reading.text(0, REASON_MAX);
                    } else {
                        reading.skip();
                    }
                }
            }
            if (order == null) {
                throw reading.missing(field, "a UUID");
            }
            return meaning.apply(order, reason == null ? "" : reason);
        });
    }

    /// The id of a driver, as it is or in an object under one of these names.
    static Heard driver(String json, String field, String synonym) {
        return hear(json, reading -> {
            @Nullable String driver = null;
            if (reading.isText()) {
                reading.call(field);
                driver = reading.text(1, NAME_MAX);
            } else {
                reading.open();
                for (var name = reading.next(); name != null; name = reading.next()) {
                    if (name.equals(field) || name.equals(synonym)) {
                        driver = reading.text(1, NAME_MAX);
                    } else {
                        reading.skip();
                    }
                }
            }
            if (driver == null) {
                throw reading.missing(field, "text of 1.." + NAME_MAX + " characters");
            }
            return new Heard.WatchDriver(driver);
        });
    }

    static Heard sync(String json) {
        return hear(json, reading -> {
            var since = -1L;
            reading.open();
            for (var name = reading.next(); name != null; name = reading.next()) {
                if (name.equals("since")) {
                    since = reading.count();
                } else {
                    reading.skip();
                }
            }
            if (since < 0) {
                throw reading.missing("since", Reading.WHOLE);
            }
            return new Heard.Sync(since);
        });
    }

    static Heard register(String json) {
        return hear(json, reading -> {
            @Nullable String userId = null;
            @Nullable String word = null;
            reading.open();
            for (var name = reading.next(); name != null; name = reading.next()) {
                switch (name) {
                    case "userId" -> userId = reading.text(1, NAME_MAX);
                    case "role" -> word = reading.text(1, NAME_MAX);
                    default -> reading.skip();
                }
            }
            if (userId == null) {
                throw reading.missing("userId", "text of 1.." + NAME_MAX + " characters");
            }
            return new Heard.Register(userId, role(reading, word));
        });
    }

    private static Role role(Reading reading, @Nullable String word) throws NotUnderstood {
        var expected = "customer, merchant, driver, delivery, admin or support";
        if (word == null) {
            throw reading.missing("role", expected);
        }
        var role = Role.of(word);
        if (role.isEmpty()) {
            throw new NotUnderstood("role", "role: " + Reading.shown(word) + " (expected: " + expected + ")");
        }
        return role.get();
    }
}
