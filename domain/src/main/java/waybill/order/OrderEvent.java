package waybill.order;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// An event of an order. A `document` is the JSON text that the sender wrote for this step. A change of state whose
/// sender repeats the order's own document ([OrderDetails#document]) has none.
public sealed interface OrderEvent extends Event {

    /// The document of an order or a step whose sender gave none.
    String NO_DOCUMENT = "";

    double SECONDS_PER_MINUTE = 60;

    record Placed(OrderState initialState) implements OrderEvent {}

    record Paid(Money amount, String method) implements OrderEvent {}

    /// The order was assigned to a driver, possibly replacing another.
    record Assigned(Actor driver, @Nullable Actor previousDriverOrNone) implements OrderEvent {

        public Assigned(Actor driver) {
            this(driver, null);
        }

        public Optional<Actor> previousDriver() {
            return Optional.ofNullable(previousDriverOrNone);
        }
    }

    /// The state changed. `reason` is empty when none was given.
    record StateChanged(OrderState state, String reason, String document) implements OrderEvent {}

    /// The order was taken from its driver before the pickup, by the driver itself or by an administrator.
    record HandedBack(Actor driver, String reason) implements OrderEvent {}

    /// Another driver continued with a parcel whose anonymous driver disconnected. It is stored but not published:
    /// the store knows already that its parcel is in transit.
    record DriverTakenOver(Actor driver, String document) implements OrderEvent {}

    /// The driver is about to arrive at a stop.
    ///
    /// @param etaMinutesOrNone the minutes that the driver was expected to need, if that was known
    record DriverArriving(Stop stop, Instant at, @Nullable Integer etaMinutesOrNone) implements OrderEvent {

        public DriverArriving {
            at = at.truncatedTo(ChronoUnit.MILLIS);
        }
    }

    /// The driver has arrived at a stop. `at` is the time of its first position there.
    record DriverArrived(Stop stop, Instant at) implements OrderEvent {

        public DriverArrived {
            at = at.truncatedTo(ChronoUnit.MILLIS);
        }
    }

    /// A position that came late shows that the driver was at a stop earlier than [DriverArrived] said. It is stored
    /// but not published: clients know already that the driver is there.
    record ArrivalCorrected(Stop stop, Instant at) implements OrderEvent {

        public ArrivalCorrected {
            at = at.truncatedTo(ChronoUnit.MILLIS);
        }
    }

    /// The order was offered to drivers: its open offer is this one.
    record Offered(Offer offer) implements OrderEvent {}

    /// A driver declined the open offer. The reason is empty if none was given.
    record OfferDeclined(Actor driver, String reason) implements OrderEvent {}

    /// The offer of that round was closed, and no driver has accepted it. An offer is also closed by the events that
    /// give the order a driver or end it.
    record OfferClosed(int round, CloseReason reason) implements OrderEvent {}

    /// Why an offer was closed.
    enum CloseReason {
        /// No driver answered in time.
        EXPIRED,
        /// Its driver went off duty.
        WITHDRAWN;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<CloseReason> parse(String word) {
            return Stream.of(values())
                    .filter(reason -> reason.wireName().equals(word))
                    .findFirst();
        }
    }

    /// A proof of the delivery was recorded. It is linked with the one before it.
    record ProofRecorded(Proof proof) implements OrderEvent {}

    /// An event about the times of the order.
    sealed interface OfTimes extends OrderEvent {}

    /// The store or another system has set when the order is delivered and when it is ready; null for none.
    record TimesSet(
            @Nullable Instant estimatedDeliveryOrNone,
            @Nullable Instant readyAtOrNone) implements OfTimes {}

    /// The order is expected after the time that was promised: its delay alert is open.
    record Delayed(Instant promisedAt, Instant expectedAt) implements OfTimes {

        public Delayed {
            promisedAt = promisedAt.truncatedTo(ChronoUnit.MILLIS);
            expectedAt = expectedAt.truncatedTo(ChronoUnit.MILLIS);
        }

        /// By how many minutes it is late, rounded.
        public long delayMinutes() {
            return Math.round(Duration.between(promisedAt, expectedAt).toSeconds() / SECONDS_PER_MINUTE);
        }
    }

    /// The order is expected in time again: its delay alert is closed.
    record DelayEnded(Instant promisedAt, Instant expectedAt) implements OfTimes {

        public DelayEnded {
            promisedAt = promisedAt.truncatedTo(ChronoUnit.MILLIS);
            expectedAt = expectedAt.truncatedTo(ChronoUnit.MILLIS);
        }
    }

    /// An event about the public links to the order. It is stored but not published: the order itself stays the same.
    sealed interface OfLinks extends OrderEvent {}

    /// A public link to the order was created.
    ///
    /// @param replaced older links that were revoked because the order had too many
    record LinkShared(UUID link, Instant expiresAt, List<UUID> replaced) implements OfLinks {

        public LinkShared {
            expiresAt = expiresAt.truncatedTo(ChronoUnit.MILLIS);
            replaced = List.copyOf(replaced);
        }
    }

    /// The public links to the order were revoked.
    record LinksRevoked(List<UUID> links) implements OfLinks {

        public LinksRevoked {
            links = List.copyOf(links);
        }
    }

    /// The document of this step, or [#NO_DOCUMENT].
    default String document() {
        return switch (this) {
            case StateChanged(var _, var _, var document) -> document;
            case DriverTakenOver(var _, var document) -> document;
            case Placed _,
                    Paid _,
                    Assigned _,
                    HandedBack _,
                    DriverArriving _,
                    DriverArrived _,
                    ArrivalCorrected _,
                    Offered _,
                    OfferDeclined _,
                    OfferClosed _,
                    ProofRecorded _,
                    OfTimes _,
                    OfLinks _ -> NO_DOCUMENT;
        };
    }

    /// The stop that the event is about, if it is about the driver at one.
    default Optional<Stop> atStop() {
        return switch (this) {
            case DriverArriving(var stop, var _, var _) -> Optional.of(stop);
            case DriverArrived(var stop, var _) -> Optional.of(stop);
            case ArrivalCorrected(var stop, var _) -> Optional.of(stop);
            case Placed _,
                    Paid _,
                    Assigned _,
                    HandedBack _,
                    StateChanged _,
                    DriverTakenOver _,
                    Offered _,
                    OfferDeclined _,
                    OfferClosed _,
                    ProofRecorded _,
                    OfTimes _,
                    OfLinks _ -> Optional.empty();
        };
    }

    /// The state that the event led to; empty when it leaves the state as it was.
    default Optional<OrderState> newState() {
        return switch (this) {
            case Placed(var state) -> Optional.of(state);
            case StateChanged(var state, var _, var _) -> Optional.of(state);
            case Paid _,
                    Assigned _,
                    HandedBack _,
                    DriverTakenOver _,
                    DriverArriving _,
                    DriverArrived _,
                    ArrivalCorrected _,
                    Offered _,
                    OfferDeclined _,
                    OfferClosed _,
                    ProofRecorded _,
                    OfTimes _,
                    OfLinks _ -> Optional.empty();
        };
    }
}
