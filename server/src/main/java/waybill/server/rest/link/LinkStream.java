package waybill.server.rest.link;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import waybill.link.TrackingLink;
import waybill.server.rest.http.ApiResponse;

/// An open stream of events of one client. What it is to send waits in one slot for each kind of event, in which the
/// newer replaces the older: a client that reads slowly receives the newest state, ETA and position.
///
/// Any thread fills the slots, which the monitor guards; the event loop of the connection empties them.
final class LinkStream {

    /// Bytes that wait for a slow client in the network layer, and as many in the operating system, before the slots
    /// do. With the usual buffers it would be the positions of many minutes.
    static final int WAITING_MAX = 4 << 10;

    static final Map<String, String> HEADERS = Map.of(
            "content-type", "text/event-stream",
            "connection", "close", // its buffers are too small for other responses
            "x-accel-buffering", "no" // a proxy such as nginx passes each event on at once
            );

    private final RoutingContext ctx;
    private final HttpServerResponse response;
    private final Context loop;
    private final TrackingLink link;
    private final @Nullable String lastEventIdOrNone;
    private final Buffer first;
    private boolean isHeadWritten; // on the event loop
    private boolean isScheduled;
    private boolean hasEnded;
    private boolean isBeating;
    private @Nullable Buffer stateOrNone;
    private @Nullable Buffer etaOrNone;
    private @Nullable Buffer positionOrNone;
    private @Nullable Buffer endOrNone;

    /// @param lastEventIdOrNone the id of the last state that the client has received on an earlier connection
    /// @param first what the stream begins with
    LinkStream(RoutingContext ctx, TrackingLink link, @Nullable String lastEventIdOrNone, Buffer first) {
        this.ctx = ctx;
        this.link = link;
        this.lastEventIdOrNone = lastEventIdOrNone;
        this.first = first;
        response = ctx.response();
        loop = ctx.vertx().getOrCreateContext();
    }

    TrackingLink link() {
        return link;
    }

    /// Whether the client has that state already.
    boolean knows(String stateId) {
        return stateId.equals(lastEventIdOrNone);
    }

    /// Answers a request whose stream does not start.
    void reject(ApiResponse answer) {
        loop.runOnContext(_ -> answer.send(ctx));
    }

    /// A state has the ETA and the position of its time.
    void offerState(Buffer event) {
        offer(() -> {
            stateOrNone = event;
            etaOrNone = null;
            positionOrNone = null;
        });
    }

    void offerEta(Buffer event) {
        offer(() -> etaOrNone = event);
    }

    void offerPosition(Buffer event) {
        offer(() -> positionOrNone = event);
    }

    void offerHeartbeat() {
        offer(() -> isBeating = true);
    }

    /// What waits is sent, then `event`, and nothing after it.
    void end(Buffer event) {
        offer(() -> endOrNone = event);
    }

    /// Closes the stream without a last event: its client connects again.
    void close() {
        offer(() -> endOrNone = Buffer.buffer());
    }

    private void offer(Runnable change) {
        synchronized (this) {
            if (hasEnded || endOrNone != null) {
                return;
            }
            change.run();
            if (isScheduled) {
                return;
            }
            isScheduled = true;
        }
        loop.runOnContext(_ -> flush());
    }

    private void flush() {
        if (response.ended() || response.closed()) {
            return;
        }
        if (!isHeadWritten) {
            writeHead();
        }
        if (response.writeQueueFull()) {
            response.drainHandler(_ -> {
                response.drainHandler(null);
                flush();
            });
            return;
        }
        write();
    }

    private void writeHead() {
        isHeadWritten = true;
        PublicHeaders.put(response);
        HEADERS.forEach(response::putHeader);
        response.setChunked(true).setWriteQueueMaxSize(WAITING_MAX);
        response.write(first);
    }

    private void write() {
        @Nullable Buffer state;
        @Nullable Buffer eta;
        @Nullable Buffer position;
        @Nullable Buffer end;
        boolean isIdle;
        synchronized (this) {
            state = stateOrNone;
            eta = etaOrNone;
            position = positionOrNone;
            end = endOrNone;
            isIdle = isBeating && state == null && eta == null && position == null;
            stateOrNone = null;
            etaOrNone = null;
            positionOrNone = null;
            isBeating = false;
            isScheduled = false;
            hasEnded = end != null;
        }
        writeIfAny(state);
        writeIfAny(eta);
        writeIfAny(position);
        if (isIdle) {
            response.write(LinkEvents.HEARTBEAT);
        }
        if (end != null) {
            response.end(end);
        }
    }

    private void writeIfAny(@Nullable Buffer event) {
        if (event != null) {
            response.write(event);
        }
    }
}
