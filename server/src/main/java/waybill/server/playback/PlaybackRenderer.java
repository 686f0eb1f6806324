package waybill.server.playback;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import waybill.hub.playback.PlaybackStep;
import waybill.hub.projection.DisplayNames;
import waybill.journal.LogEntry;
import waybill.order.EmitTarget;
import waybill.order.HubEvent;
import waybill.order.OrderEvent;
import waybill.server.dialect.Dialect;
import waybill.server.dialect.RoomMessage;
import waybill.server.dialect.caps.CapsDialect;
import waybill.server.dialect.caps.CapsEvents;
import waybill.server.dialect.caps.Profile;
import waybill.server.dialect.marketplace.MarketplaceDialect;
import waybill.server.dialect.realtime.RealtimeDialect;
import waybill.server.dialect.storefront.StorefrontDialect;
import waybill.server.dialect.write.BackendEventRendering;
import waybill.server.dialect.write.JsonObjectWriter;

/// Renders the steps of a playback with the code that renders them for live clients.
@FunctionalInterface
interface PlaybackRenderer {

    /// The messages of a step, in their order.
    List<PlaybackMessage> render(PlaybackStep step);

    /// The renderers of all dialects, by their names.
    static Map<String, PlaybackRenderer> all(DisplayNames names) {
        return Map.of(
                "realtime", of(new RealtimeDialect(names), "eventId", List.of("/realtime")),
                "marketplace", of(new MarketplaceDialect(names), "event_id", List.of("/", "/marketplace")),
                "storefront",
                        of(
                                new StorefrontDialect(names),
                                "eventId",
                                List.of("/", "/storefront", "/customer", "/delivery", "/admin")),
                "caps", PlaybackRenderer::renderCaps);
    }

    /// @param idField the field of the sequence in events of backends
    /// @param namespaces those of the dialect
    private static PlaybackRenderer of(Dialect dialect, String idField, List<String> namespaces) {
        return step -> switch (step) {
            case PlaybackStep.Event(var entry, var _, var _) ->
                render(dialect, idField, namespaces, entry)
                        .map(message -> message(message, step, entry.sequence()))
                        .toList();
            case PlaybackStep.Nothing _ -> List.of();
            case PlaybackStep.DriverPosition(var update, var _, var _) ->
                List.of(message(dialect.render(update), step, 0));
        };
    }

    private static Stream<RoomMessage> render(
            Dialect dialect, String idField, List<String> namespaces, LogEntry entry) {
        return entry.event() instanceof HubEvent.BackendEmitted(EmitTarget.Room(var in, var room), var name, var data)
                ? Stream.of(in)
                        .filter(namespaces::contains)
                        .map(_ -> RoomMessage.to(
                                List.of(room), name, BackendEventRendering.dataWithId(data, idField, entry.sequence())))
                : dialect.render(entry).stream();
    }

    /// Parcels as senders wrote them, with the fields of both profiles.
    private static List<PlaybackMessage> renderCaps(PlaybackStep step) {
        if (!(step instanceof PlaybackStep.Event(var entry, var _, var isState))
                || isState
                || !(entry.event() instanceof OrderEvent event)) {
            return List.of();
        }
        var order = entry.order().orElseThrow();
        return Stream.of(CapsEvents.topic(order, event))
                .flatMap(Optional::stream)
                .map(topic -> message(
                        RoomMessage.to(
                                List.of(CapsDialect.eventName(topic) + " " + order.store()),
                                CapsDialect.eventName(topic),
                                CapsEvents.render(Profile.MERGED, topic, order, event)),
                        step,
                        entry.sequence()))
                .toList();
    }

    private static PlaybackMessage message(RoomMessage message, PlaybackStep step, long sequence) {
        var meta = new JsonObjectWriter()
                .put("at", Instant.ofEpochMilli(step.atMs()))
                .putJson("to", array(message.rooms()));
        if (!message.exceptRooms().isEmpty()) {
            meta.putJson("except", array(message.exceptRooms()));
        }
        if (sequence > 0) {
            meta.put("eventId", sequence);
        }
        if (step.isState()) {
            meta.put("state", true);
        }
        return new PlaybackMessage(message.event(), message.json(), meta.json(), step.atMs());
    }

    private static String array(Collection<String> texts) {
        return texts.stream().sorted().map(JsonObjectWriter::quote).collect(Collectors.joining(",", "[", "]"));
    }
}
