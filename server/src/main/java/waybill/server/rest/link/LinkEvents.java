package waybill.server.rest.link;

import io.vertx.core.buffer.Buffer;
import java.util.Locale;
import waybill.hub.link.LinkView;
import waybill.hub.link.LinkView.LinkEta;
import waybill.hub.link.LinkView.LinkPosition;

/// The events of a stream, encoded as `text/event-stream`. One buffer is written to every stream that it is for.
final class LinkEvents {

    /// Why a stream ends, in its last event.
    enum EndReason {
        /// The order has ended.
        ENDED,
        /// The link has expired.
        EXPIRED,
        /// The link was revoked.
        REVOKED;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// A comment, which clients ignore and proxies count as traffic.
    static final Buffer HEARTBEAT = Buffer.buffer(":\n\n");

    private LinkEvents() {}

    /// Its id is what a client repeats as `Last-Event-ID`.
    static Buffer state(LinkView view, String stateId) {
        return Buffer.buffer("event: state\nid: " + stateId + "\ndata: " + LinkJson.view(view) + "\n\n");
    }

    static Buffer eta(LinkEta eta) {
        return event("eta", LinkJson.eta(eta));
    }

    static Buffer position(LinkPosition position) {
        return event("position", LinkJson.position(position));
    }

    static Buffer end(EndReason reason) {
        return event("end", "{\"reason\":\"" + reason.wireName() + "\"}");
    }

    /// How long a client waits before it connects again.
    static Buffer retry(long delayMs) {
        return Buffer.buffer("retry: " + delayMs + "\n\n");
    }

    private static Buffer event(String name, String json) {
        return Buffer.buffer("event: " + name + "\ndata: " + json + "\n\n");
    }
}
