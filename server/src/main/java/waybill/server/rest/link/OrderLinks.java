package waybill.server.rest.link;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import waybill.access.Action;
import waybill.hub.link.LinkFinder;
import waybill.journal.Read;
import waybill.journal.UnitOfWork;
import waybill.link.LinkToken;
import waybill.link.TrackingLink;
import waybill.order.Order;
import waybill.order.OrderAuthorization;
import waybill.order.OrderEvent;
import waybill.order.OrderId;
import waybill.server.rest.contract.Problem;
import waybill.server.rest.http.ApiRequest;
import waybill.server.rest.http.ApiResponse;
import waybill.server.rest.http.JsonWriter;
import waybill.server.rest.http.OperationHandlers;
import waybill.server.rest.http.RequestAction;
import waybill.server.rest.http.WriteResponse;

/// The public links to an order, created and revoked by its participants. Each change is an event of the order, so that
/// its history says which user shared it. A token is in the response alone, which is why no response is stored for an
/// idempotency key.
public final class OrderLinks implements OperationHandlers {

    private final LinkSettings settings;
    private final Function<Optional<String>, String> baseUrl;
    private final LinkFinder finder;
    private final Supplier<UUID> ids;
    private final RandomGenerator random;

    /// @param baseUrl the address of the hub for browsers, from the `Host` of a request; empty if that is not allowed
    /// @param random unpredictable
    public OrderLinks(
            LinkSettings settings,
            Function<Optional<String>, String> baseUrl,
            LinkFinder finder,
            Supplier<UUID> ids,
            RandomGenerator random) {
        this.settings = settings;
        this.baseUrl = baseUrl;
        this.finder = finder;
        this.ids = ids;
        this.random = random;
    }

    @Override
    public Map<String, RequestAction.Handler> operations() {
        return Map.of("shareOrder", this::share, "unshareOrder", this::unshare);
    }

    public RequestAction share(ApiRequest call) {
        var id = call.order();
        var now = call.receivedAt();
        var token = LinkToken.generate(random);
        var link = new TrackingLink(ids.get(), id, token.hash(), now, expiresAt(call));
        var url = baseUrl.apply(call.find("Host")) + "/t/" + token.value();
        return write(call, id, (work, order) -> {
            if (!order.state().isActive()) {
                return WriteResponse.of(ApiResponse.of(Problem.conflict(
                        "order " + id + ": " + order.state().wireName() + " (expected: one that has not ended)",
                        null)));
            }
            var replaced = ids(work.save(link, TrackingLink.PER_ORDER_MAX));
            var sequence = append(work, call, order, new OrderEvent.LinkShared(link.id(), link.expiresAt(), replaced));
            return WriteResponse.ofSuccess(sequences -> {
                finder.revoke(replaced);
                return PublicHeaders.with(ApiResponse.created(JsonWriter.object(json -> {
                    json.writeStringField("linkId", link.id().toString());
                    json.writeStringField("url", url);
                    json.writeStringField("token", token.value());
                    json.writeStringField("expiresAt", JsonWriter.time(link.expiresAt()));
                    json.writeNumberField("eventId", sequences.of(sequence));
                })));
            });
        });
    }

    public RequestAction unshare(ApiRequest call) {
        var id = call.order();
        return write(call, id, (work, order) -> {
            var revoked = ids(work.deleteLinks(id, call.receivedAt()));
            if (!revoked.isEmpty()) {
                append(work, call, order, new OrderEvent.LinksRevoked(revoked));
            }
            return WriteResponse.ofSuccess(_ -> {
                finder.revoke(revoked);
                return ApiResponse.noContent();
            });
        });
    }

    private static List<UUID> ids(List<TrackingLink> links) {
        return links.stream().map(TrackingLink::id).toList();
    }

    /// A write to an order that the caller may share.
    private static RequestAction write(
            ApiRequest call, OrderId id, BiFunction<UnitOfWork, Order, WriteResponse> writing) {
        return new RequestAction.Write(List.of(new Read.OfOrder(id)), work -> {
            var order = work.findOrder(id);
            if (order.isEmpty()) {
                return WriteResponse.of(ApiResponse.of(Problem.notFound("order " + id + ": does not exist")));
            }
            if (!OrderAuthorization.allows(call.principal(), Action.SHARE_ORDER, order.get())) {
                return WriteResponse.of(ApiResponse.of(Problem.forbidden(
                        "order " + id + ": not yours to share (expected: one that you have a part in)")));
            }
            return writing.apply(work, order.get());
        });
    }

    private static long append(UnitOfWork work, ApiRequest call, Order order, OrderEvent event) {
        return work.append(order.state(), order, event, call.caller().actor(), call.receivedAt(), call.receivedAt());
    }

    private Instant expiresAt(ApiRequest call) {
        var now = call.receivedAt();
        var seconds = call.body().number("expiresIn");
        var time = call.body().find("expiresAt");
        if (seconds.isPresent() && time.isPresent()) {
            throw Problem.invalid("expiresAt", "expiresAt: given beside expiresIn (expected: one of them)");
        }
        if (time.isEmpty()) {
            return now.plus(seconds.map(Duration::ofSeconds).orElse(settings.expiresIn()));
        }
        var at = ApiRequest.time("expiresAt", time.get());
        var earliest = now.plus(TrackingLink.LIFE_MIN);
        var latest = now.plus(TrackingLink.LIFE_MAX);
        if (at.isBefore(earliest) || at.isAfter(latest)) {
            throw Problem.invalid(
                    "expiresAt",
                    "expiresAt: " + JsonWriter.time(at) + " (expected: " + JsonWriter.time(earliest) + ".."
                            + JsonWriter.time(latest) + ")");
        }
        return at;
    }
}
