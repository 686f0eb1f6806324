package waybill.server.dialect.read;

import java.io.IOException;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import waybill.access.Role;
import waybill.order.OrderId;
import waybill.server.dialect.ClientMessage;

/// Parses the payloads that several dialects share.
public final class PayloadParsers {

    /// The maximum length of the name of a user or a driver.
    static final int NAME_MAX = 200;

    /// The maximum length of a reason.
    public static final int REASON_MAX = 500;

    private PayloadParsers() {}

    /// Parses a payload.
    public interface Parser {
        ClientMessage parse(PayloadReader reader) throws IOException, InvalidPayload;
    }

    public static ClientMessage parse(String json, Parser sense) {
        try (var reader = new PayloadReader(json)) {
            return sense.parse(reader);
        } catch (InvalidPayload e) {
            return e.toMessage();
        } catch (IOException _) {
            return new ClientMessage.Malformed(
                    "payload", "payload: no JSON, or nested too deep (expected: a JSON object)");
        }
    }

    /// The id of an order, as a string or in an object under that name.
    public static ClientMessage parseOrder(String json, String field, Function<OrderId, ClientMessage> meaning) {
        return parseOrderWithReason(json, field, (order, _) -> meaning.apply(order));
    }

    /// The same, with an optional reason, which is empty if absent.
    public static ClientMessage parseOrderWithReason(
            String json, String field, BiFunction<OrderId, String, ClientMessage> meaning) {
        return parse(json, reader -> {
            @Nullable OrderId order = null;
            @Nullable String reason = null;
            if (reader.isText()) {
                reader.setName(field);
                order = reader.orderId();
            } else {
                reader.enterObject();
                for (var name = reader.nextField(); name != null; name = reader.nextField()) {
                    if (name.equals(field)) {
                        order = reader.orderId();
                    } else if (name.equals("reason")) {
                        reason = reader.text(0, REASON_MAX);
                    } else {
                        reader.skip();
                    }
                }
            }
            if (order == null) {
                throw reader.missing(field, "a UUID");
            }
            return meaning.apply(order, reason == null ? "" : reason);
        });
    }

    /// The id of an order in an object under that name, with a reason, which must not be blank.
    public static ClientMessage parseHandBack(String json, String field) {
        return parse(json, reader -> {
            @Nullable OrderId order = null;
            @Nullable String reason = null;
            reader.enterObject();
            for (var name = reader.nextField(); name != null; name = reader.nextField()) {
                if (name.equals(field)) {
                    order = reader.orderId();
                } else if (name.equals("reason")) {
                    reason = reader.text(1, REASON_MAX);
                } else {
                    reader.skip();
                }
            }
            if (order == null) {
                throw reader.missing(field, "a UUID");
            }
            if (reason == null) {
                throw reader.missing("reason", "text of 1.." + REASON_MAX + " characters");
            }
            return new ClientMessage.HandBack(order, reason);
        });
    }

    /// The id of a driver, as a string or in an object under one of these names.
    public static ClientMessage parseDriver(String json, String field, String synonym) {
        return parse(json, reader -> {
            @Nullable String driver = null;
            if (reader.isText()) {
                reader.setName(field);
                driver = reader.text(1, NAME_MAX);
            } else {
                reader.enterObject();
                for (var name = reader.nextField(); name != null; name = reader.nextField()) {
                    if (name.equals(field) || name.equals(synonym)) {
                        driver = reader.text(1, NAME_MAX);
                    } else {
                        reader.skip();
                    }
                }
            }
            if (driver == null) {
                throw reader.missing(field, "text of 1.." + NAME_MAX + " characters");
            }
            return new ClientMessage.WatchDriver(driver);
        });
    }

    public static ClientMessage parseSync(String json) {
        return parse(json, reader -> {
            var since = -1L;
            reader.enterObject();
            for (var name = reader.nextField(); name != null; name = reader.nextField()) {
                if (name.equals("since")) {
                    since = reader.wholeNumber();
                } else {
                    reader.skip();
                }
            }
            if (since < 0) {
                throw reader.missing("since", PayloadReader.WHOLE_NUMBER);
            }
            return new ClientMessage.Sync(since);
        });
    }

    public static ClientMessage parseRegister(String json) {
        return parse(json, reader -> {
            @Nullable String userId = null;
            @Nullable String roleName = null;
            reader.enterObject();
            for (var name = reader.nextField(); name != null; name = reader.nextField()) {
                switch (name) {
                    case "userId" -> userId = reader.text(1, NAME_MAX);
                    case "role" -> roleName = reader.text(1, NAME_MAX);
                    default -> reader.skip();
                }
            }
            if (userId == null) {
                throw reader.missing("userId", "text of 1.." + NAME_MAX + " characters");
            }
            return new ClientMessage.Register(userId, parseRole(reader, roleName));
        });
    }

    private static Role parseRole(PayloadReader reader, @Nullable String roleName) throws InvalidPayload {
        var expected = "customer, merchant, driver, delivery, admin or support";
        if (roleName == null) {
            throw reader.missing("role", expected);
        }
        var role = Role.parse(roleName);
        if (role.isEmpty()) {
            throw new InvalidPayload(
                    "role", "role: " + PayloadReader.excerpt(roleName) + " (expected: " + expected + ")");
        }
        return role.get();
    }
}
