package waybill.server.realtime;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import waybill.server.dialect.MarketplaceDialect;
import waybill.server.dialect.RealtimeDialect;
import waybill.server.dialect.StorefrontDialect;
import waybill.socketio.SocketServer;

/// Who speaks which dialect, wherever they do.
///
/// @param sent how often each event was said, to however many
record Audiences(Audience realtime, Audience marketplace, Audience storefront, Map<String, LongAdder> sent) {

    static Audiences of(SocketServer sockets) {
        var sent = new ConcurrentHashMap<String, LongAdder>();
        return new Audiences(
                new Audience(new RealtimeDialect(), false, List.of(sockets.of("/realtime")), sent),
                new Audience(
                        new MarketplaceDialect(), true, List.of(sockets.of("/"), sockets.of("/marketplace")), sent),
                new Audience(
                        new StorefrontDialect(),
                        false,
                        List.of(
                                sockets.of("/"),
                                sockets.of("/storefront"),
                                sockets.of("/customer"),
                                sockets.of("/delivery"),
                                sockets.of("/admin")),
                        sent),
                sent);
    }

    List<Audience> all() {
        return List.of(realtime, marketplace, storefront);
    }

    Map<String, Long> eventsSent() {
        var counts = new TreeMap<String, Long>();
        sent.forEach((event, count) -> counts.put(event, count.sum()));
        return counts;
    }
}
