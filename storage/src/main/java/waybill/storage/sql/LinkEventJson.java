package waybill.storage.sql;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import waybill.order.OrderEvent;

/// The events about the links of an order.
final class LinkEventJson {

    private static final String LINK = "link";
    private static final String EXPIRES_AT = "expiresAt";
    private static final String REVOKED = "revoked";

    private LinkEventJson() {}

    static String encode(OrderEvent.OfLinks event) {
        return switch (event) {
            case OrderEvent.LinkShared(var link, var expiresAt, var replaced) ->
                FlatJson.write(
                        LINK,
                        link.toString(),
                        EXPIRES_AT,
                        Long.toString(expiresAt.toEpochMilli()),
                        REVOKED,
                        join(replaced));
            case OrderEvent.LinksRevoked(var links) -> FlatJson.write(REVOKED, join(links));
        };
    }

    static OrderEvent.LinkShared decodeShared(Map<String, String> body) {
        return new OrderEvent.LinkShared(
                UUID.fromString(EventJson.field(body, LINK)),
                Instant.ofEpochMilli(Long.parseLong(EventJson.field(body, EXPIRES_AT))),
                split(EventJson.field(body, REVOKED)));
    }

    static OrderEvent.LinksRevoked decodeRevoked(Map<String, String> body) {
        return new OrderEvent.LinksRevoked(split(EventJson.field(body, REVOKED)));
    }

    private static String join(List<UUID> links) {
        return links.stream().map(UUID::toString).collect(Collectors.joining(" "));
    }

    private static List<UUID> split(String text) {
        return text.isEmpty()
                ? List.of()
                : Stream.of(text.split(" ", -1)).map(UUID::fromString).toList();
    }
}
