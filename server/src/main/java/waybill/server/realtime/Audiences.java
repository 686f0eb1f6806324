package waybill.server.realtime;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import waybill.server.dialect.MarketplaceDialect;
import waybill.server.dialect.Names;
import waybill.server.dialect.RealtimeDialect;
import waybill.server.dialect.StorefrontDialect;
import waybill.socketio.SocketServer;

/// Who speaks which dialect, wherever they do.
record Audiences(Audience realtime, Audience marketplace, Audience storefront) {

    static Audiences of(SocketServer sockets, Names names) {
        return new Audiences(
                new Audience(new RealtimeDialect(names), false, List.of(sockets.of("/realtime"))),
                new Audience(new MarketplaceDialect(names), true, List.of(sockets.of("/"), sockets.of("/marketplace"))),
                new Audience(
                        new StorefrontDialect(names),
                        false,
                        List.of(
                                sockets.of("/"),
                                sockets.of("/storefront"),
                                sockets.of("/customer"),
                                sockets.of("/delivery"),
                                sockets.of("/admin"))));
    }

    List<Audience> all() {
        return List.of(realtime, marketplace, storefront);
    }

    /// How often each event was said, in whatever dialect.
    Map<String, Long> eventsSent() {
        var counts = new TreeMap<String, Long>();
        for (var audience : all()) {
            var said = audience.tally().said();
            said.names().forEach(event -> counts.merge(event, said.of(event), Long::sum));
        }
        return counts;
    }
}
