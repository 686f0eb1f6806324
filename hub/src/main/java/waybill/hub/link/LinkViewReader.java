package waybill.hub.link;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import waybill.access.Role;
import waybill.access.UserId;
import waybill.directory.Business;
import waybill.directory.Directory;
import waybill.directory.Person;
import waybill.geo.Position;
import waybill.hub.link.LinkView.LinkEta;
import waybill.hub.link.LinkView.LinkPosition;
import waybill.hub.link.LinkView.Step;
import waybill.hub.position.EtaEstimator;
import waybill.hub.position.Precision;
import waybill.hub.projection.ActiveOrders;
import waybill.journal.EventLog;
import waybill.journal.LogEntry;
import waybill.order.Order;
import waybill.order.OrderEvent;
import waybill.order.OrderId;
import waybill.order.OrderQueries;
import waybill.tracking.DriverPositions;
import waybill.tracking.DriverTrackState;
import waybill.tracking.PositionVisibility;

/// Reads the view of an order: its events from the disk, the position and the ETA from memory. Thread-safe, and
/// blocks.
///
/// @param precision how exactly a position is shown: as to the order's customer
public record LinkViewReader(
        ActiveOrders activeOrders,
        OrderQueries orders,
        EventLog log,
        Directory directory,
        DriverPositions driverPositions,
        EtaEstimator etas,
        Precision precision,
        InstantSource clock) {

    /// Characters of a first name that are shown.
    private static final int NAME_MAX = 40;

    /// Passes the view to `reader`, within the positions of the order's driver: behind those that were published
    /// before, and ahead of those after. False if the order does not exist.
    public boolean read(OrderId id, Consumer<LinkView> reader) {
        var found = activeOrders.byId(id).or(() -> orders.findOrder(id));
        if (found.isEmpty()) {
            return false;
        }
        var order = found.get();
        var history = log.listHistory(id).stream()
                .filter(entry -> entry.sequence() <= order.lastSequence())
                .toList();
        var driver = order.state().isActive() ? ActiveOrders.driver(order) : Optional.<String>empty();
        var view = withoutDriver(order, history, driver.orElse(null));
        if (!order.state().isActive()) {
            reader.accept(view);
            return true;
        }
        etas.load(order);
        if (driver.isEmpty()) {
            reader.accept(view.withEta(eta(order, null)));
            return true;
        }
        var sinceMs = PositionVisibility.visibleSinceMs(history);
        driverPositions.update(driver.get(), track -> {
            var state = track.stateOrNone();
            reader.accept(view.withEta(eta(order, state)).withPosition(position(order, state, sinceMs)));
            return id;
        });
        return true;
    }

    private LinkView withoutDriver(Order order, List<LogEntry> history, @Nullable String driverOrNone) {
        var seenOrNone = PositionVisibility.isVisible(order.state()) ? driverOrNone : null;
        return new LinkView(
                order.id(),
                order.number(),
                directory
                        .findBusiness(order.store())
                        .orElse(Business.withDefaults(order.store()))
                        .name(),
                order.state(),
                steps(history),
                order.lastSequence(),
                order.state().isActive() ? null : endedAt(order, history),
                seenOrNone == null ? null : firstNameOrNone(seenOrNone),
                seenOrNone == null ? null : stopsBefore(order, seenOrNone),
                seenOrNone == null ? null : destinationOrNone(order),
                null,
                null);
    }

    private static List<Step> steps(List<LogEntry> history) {
        return history.stream()
                .flatMap(entry -> entry.event() instanceof OrderEvent event
                        ? event.newState().map(state -> new Step(state, entry.occurredAt())).stream()
                        : Stream.<Step>empty())
                .toList();
    }

    /// By the hub's clock, so that no client's clock makes a link outlive its order for longer.
    private static Instant endedAt(Order order, List<LogEntry> history) {
        return history.reversed().stream()
                .filter(entry -> entry.event() instanceof OrderEvent event
                        && event.newState().isPresent())
                .map(LogEntry::receivedAt)
                .findFirst()
                .orElse(order.placedAt());
    }

    private @Nullable String firstNameOrNone(String driver) {
        return directory
                .findPerson(new UserId(Role.DRIVER, driver))
                .flatMap(Person::name)
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .map(name -> name.split("\\s+", 2)[0])
                .map(name -> name.substring(0, Math.min(name.length(), NAME_MAX)))
                .orElse(null);
    }

    private int stopsBefore(Order order, String driver) {
        var before = 0;
        for (var one : activeOrders.inDeliverySequence(driver)) {
            if (one.id().equals(order.id())) {
                break;
            }
            before += PositionVisibility.isVisible(one.state()) ? 1 : 0;
        }
        return before;
    }

    /// The driver's position leads there while it is shown exactly, and not before.
    private @Nullable Position destinationOrNone(Order order) {
        return precision.of(order) == PositionVisibility.Precision.EXACT
                ? order.details().dropoff().positionOrNone()
                : null;
    }

    private @Nullable LinkEta eta(Order order, @Nullable DriverTrackState stateOrNone) {
        return etas.estimate(order, stateOrNone, clock.millis())
                .map(LinkEta::of)
                .orElse(null);
    }

    private @Nullable LinkPosition position(Order order, @Nullable DriverTrackState stateOrNone, long sinceMs) {
        if (stateOrNone == null || stateOrNone.newest().recordedAtMs() < sinceMs) {
            return null;
        }
        var fix = stateOrNone.newest();
        var recordedAt = Instant.ofEpochMilli(fix.recordedAtMs());
        return switch (precision.of(order)) {
            case EXACT -> new LinkPosition(fix.position(), true, recordedAt);
            case ROUNDED -> new LinkPosition(fix.position().rounded(), false, recordedAt);
            case HIDDEN -> null;
        };
    }
}
