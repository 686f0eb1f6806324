package waybill.server.rest.link;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import waybill.hub.link.LinkView;
import waybill.hub.link.LinkView.LinkEta;
import waybill.hub.link.LinkView.LinkPosition;
import waybill.link.TrackingLink;
import waybill.server.rest.http.ApiResponse;
import waybill.server.rest.link.LinkEvents.EndReason;

/// An order with open streams, and its view. Each change is encoded once, however many streams there are. A monitor:
/// it calls nothing that waits.
final class ViewedOrder {

    private final List<LinkStream> waiting = new ArrayList<>(); // for the view
    private final List<LinkStream> streams = new ArrayList<>();
    private @Nullable LinkView viewOrNone;
    private String stateId = "";
    private @Nullable Buffer stateEventOrNone; // of the view
    private boolean isStale = true;
    private boolean isReading;

    synchronized void add(LinkStream stream, Instant now) {
        if (viewOrNone == null || isStale) {
            waiting.add(stream);
        } else {
            start(stream, viewOrNone, now);
        }
    }

    /// True if no stream is left.
    synchronized boolean remove(LinkStream stream) {
        waiting.remove(stream);
        streams.remove(stream);
        return waiting.isEmpty() && streams.isEmpty();
    }

    /// The view, unless it must be read.
    synchronized Optional<LinkView> view() {
        return isStale ? Optional.empty() : Optional.ofNullable(viewOrNone);
    }

    /// The order has changed, so that the view must be read.
    synchronized void invalidate() {
        isStale = true;
    }

    /// True if the view must be read, by the caller alone.
    synchronized boolean startRead() {
        if (!isStale || isReading) {
            return false;
        }
        isReading = true;
        isStale = false;
        return true;
    }

    synchronized void endRead() {
        isReading = false;
    }

    /// The view could not be read: streams that wait for it are answered, the others receive it a while later.
    synchronized void failRead(ApiResponse answer) {
        isReading = false;
        isStale = true;
        waiting.forEach(stream -> stream.reject(answer));
        waiting.clear();
    }

    /// Sends what has changed to the streams, and the whole view to those that wait for it.
    synchronized void set(LinkView view, Instant now) {
        var before = viewOrNone;
        var idBefore = stateId;
        viewOrNone = view;
        stateId = LinkJson.stateId(view);
        stateEventOrNone = null;
        if (before != null && !stateId.equals(idBefore)) {
            streams.forEach(stream -> stream.offerState(stateEvent(view)));
        } else if (before != null) {
            sendChanges(before, view);
        }
        waiting.forEach(stream -> start(stream, view, now));
        waiting.clear();
        if (view.isEnded()) {
            end(_ -> true, EndReason.ENDED);
        }
    }

    private void sendChanges(LinkView before, LinkView view) {
        var eta = view.etaOrNone();
        if (eta != null && !Objects.equals(eta, before.etaOrNone())) {
            send(eta);
        }
        var position = view.positionOrNone();
        if (position != null && !Objects.equals(position, before.positionOrNone())) {
            send(position);
        }
    }

    private void start(LinkStream stream, LinkView view, Instant now) {
        var endedAt = view.endedAtOrNone();
        if (endedAt != null && TrackingLink.hasOutlived(endedAt, now)) {
            stream.reject(PublicLinks.notFound());
        } else if (endedAt != null && stream.knows(stateId)) {
            stream.reject(PublicHeaders.with(ApiResponse.noContent())); // a browser does not connect again
        } else {
            streams.add(stream);
            startWith(stream, view);
        }
    }

    private void startWith(LinkStream stream, LinkView view) {
        if (!stream.knows(stateId)) {
            stream.offerState(stateEvent(view));
            return;
        }
        stream.offerHeartbeat();
        if (view.etaOrNone() != null) {
            stream.offerEta(LinkEvents.eta(view.etaOrNone()));
        }
        if (view.positionOrNone() != null) {
            stream.offerPosition(LinkEvents.position(view.positionOrNone()));
        }
    }

    private Buffer stateEvent(LinkView view) {
        var encoded = stateEventOrNone;
        if (encoded == null) {
            encoded = LinkEvents.state(view, stateId);
            stateEventOrNone = encoded;
        }
        return encoded;
    }

    /// While the view is being read for the first time, that read includes the position. A view that was read may be
    /// ahead of a position that comes from another node.
    synchronized void setPosition(LinkPosition position) {
        if (viewOrNone != null && !viewOrNone.isEnded() && !isOlder(position, viewOrNone.positionOrNone())) {
            viewOrNone = viewOrNone.withPosition(position);
            stateEventOrNone = null;
            send(position);
        }
    }

    private static boolean isOlder(LinkPosition position, @Nullable LinkPosition knownOrNone) {
        return knownOrNone != null && position.recordedAt().isBefore(knownOrNone.recordedAt());
    }

    synchronized void setEta(LinkEta eta) {
        if (viewOrNone != null && !viewOrNone.isEnded()) {
            viewOrNone = viewOrNone.withEta(eta);
            stateEventOrNone = null;
            send(eta);
        }
    }

    private void send(LinkPosition position) {
        var event = LinkEvents.position(position);
        streams.forEach(stream -> stream.offerPosition(event));
    }

    private void send(LinkEta eta) {
        var event = LinkEvents.eta(eta);
        streams.forEach(stream -> stream.offerEta(event));
    }

    /// Ends the streams of these links.
    synchronized void end(Predicate<TrackingLink> links, EndReason reason) {
        var event = LinkEvents.end(reason);
        streams.removeIf(stream -> {
            var isOver = links.test(stream.link());
            if (isOver) {
                stream.end(event);
            }
            return isOver;
        });
        waiting.removeIf(stream -> {
            var isOver = links.test(stream.link());
            if (isOver) {
                stream.reject(PublicLinks.notFound());
            }
            return isOver;
        });
    }

    synchronized void beat() {
        streams.forEach(LinkStream::offerHeartbeat);
    }

    /// The clients connect again.
    synchronized void close(ApiResponse answer) {
        streams.forEach(LinkStream::close);
        streams.clear();
        waiting.forEach(stream -> stream.reject(answer));
        waiting.clear();
    }
}
