package waybill.server.live;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import waybill.hub.presence.SocketCounts;
import waybill.hub.projection.DisplayNames;
import waybill.server.dialect.marketplace.MarketplaceDialect;
import waybill.server.dialect.realtime.RealtimeDialect;
import waybill.server.dialect.storefront.StorefrontDialect;
import waybill.socketio.SocketServer;

/// The channels of all dialects.
public record DialectChannels(DialectChannel realtime, DialectChannel marketplace, DialectChannel storefront) {

    public static DialectChannels of(SocketServer sockets, DisplayNames names, SocketCounts counts) {
        return new DialectChannels(
                new DialectChannel(new RealtimeDialect(names), false, List.of(sockets.of("/realtime")), counts),
                new DialectChannel(
                        new MarketplaceDialect(names),
                        true,
                        List.of(sockets.of("/"), sockets.of("/marketplace")),
                        counts),
                new DialectChannel(
                        new StorefrontDialect(names),
                        false,
                        List.of(
                                sockets.of("/"),
                                sockets.of("/storefront"),
                                sockets.of("/customer"),
                                sockets.of("/delivery"),
                                sockets.of("/admin")),
                        counts));
    }

    List<DialectChannel> all() {
        return List.of(realtime, marketplace, storefront);
    }

    /// How often each event was emitted, in all dialects.
    Map<String, Long> eventsSent() {
        var counts = new TreeMap<String, Long>();
        for (var channel : all()) {
            var sent = channel.counters().sent();
            sent.names().forEach(event -> counts.merge(event, sent.of(event), Long::sum));
        }
        return counts;
    }
}
