package waybill.order;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A request to change an order. It may be refused. A `document` is the sender's JSON text for a step ([OrderEvent]);
/// the domain stores it and does not parse it.
public sealed interface OrderCommand {

    /// Places a new order in `initialState`: pending, or ready for pickup when the store has the parcel at hand.
    record Place(OrderId id, String foreignId, OrderState initialState, OrderDetails details) implements OrderCommand {

        public Place {
            if (initialState != OrderState.PENDING && initialState != OrderState.READY_FOR_PICKUP) {
                throw new IllegalArgumentException(
                        "initialState: " + initialState + " (expected: PENDING or READY_FOR_PICKUP)");
            }
        }
    }

    /// Pays a part or all of the amount due.
    record Pay(Money amount, String method) implements OrderCommand {}

    /// The store accepts the order.
    ///
    /// @param readyAtOrNone when the store says that the order is ready
    record Accept(@Nullable Instant readyAtOrNone) implements OrderCommand {

        /// Without saying when it is ready.
        public Accept() {
            this(null);
        }
    }

    record Decline(String reason) implements OrderCommand {}

    /// The store did not accept in time.
    record Expire() implements OrderCommand {}

    record Prepare() implements OrderCommand {}

    record MarkReady() implements OrderCommand {}

    /// The store or an admin assigns a driver, possibly replacing another.
    record Assign(Actor driver) implements OrderCommand {}

    /// A driver claims the order. The first claim wins.
    record Claim(Actor driver) implements OrderCommand {}

    record PickUp() implements OrderCommand {}

    record StartTransit() implements OrderCommand {}

    record Deliver() implements OrderCommand {}

    record Cancel(String reason) implements OrderCommand {}

    record Fail(String reason) implements OrderCommand {}

    record Return() implements OrderCommand {}

    /// A driver collects a ready parcel: claimed, picked up and in transit in one step.
    record CollectParcel(Actor driver, String document) implements OrderCommand {}

    /// A driver has delivered a parcel, collected before or in the same step.
    record DeliverParcel(Actor driver, String document) implements OrderCommand {}

    /// A driver scans the code on a parcel at its recipient: it is delivered, and the scan is a proof.
    record ScanParcel(Actor driver, String code, Instant occurredAt, Instant receivedAt) implements OrderCommand {

        RecordProof proof() {
            var scan = new Proof.Evidence(ProofKind.SCAN, code, null, null, "");
            return new RecordProof(scan, driver, occurredAt, receivedAt);
        }
    }

    /// Records a proof of the delivery.
    ///
    /// @param evidence of a PIN, `code` is the one that was given
    record RecordProof(Proof.Evidence evidence, Actor by, Instant occurredAt, Instant receivedAt)
            implements OrderCommand {}

    /// Takes the order from its driver before the pickup, so that another can have it.
    ///
    /// @param driverOrNone the driver that hands it back; if none, whichever driver has the order
    record HandBack(@Nullable Actor driverOrNone, String reason) implements OrderCommand {}

    /// A report of where the order's driver is.
    sealed interface ArrivalReport extends OrderCommand {

        /// The driver that is reported; if none, whichever driver has the order.
        @Nullable
        Actor driverOrNone();

        Stop stop();

        Instant at();
    }

    /// The driver is about to arrive.
    record Approach(
            @Nullable Actor driverOrNone,
            Stop stop,
            Instant at,
            @Nullable Integer etaMinutesOrNone) implements ArrivalReport {}

    /// The driver has arrived.
    record Arrive(@Nullable Actor driverOrNone, Stop stop, Instant at) implements ArrivalReport {}

    /// The driver arrived earlier than was reported.
    record CorrectArrival(@Nullable Actor driverOrNone, Stop stop, Instant at) implements ArrivalReport {}

    /// A command about an offer of the order to drivers.
    sealed interface OnOffer extends OrderCommand {}

    /// The hub offers the order to drivers.
    record MakeOffer(Offer offer) implements OnOffer {}

    /// A driver accepts the open offer. The first acceptance wins.
    record AcceptOffer(Actor driver) implements OnOffer {}

    /// A driver declines the open offer. The reason is empty if none was given.
    record DeclineOffer(Actor driver, String reason) implements OnOffer {}

    /// The hub closes the offer of that round, if it is still open.
    record CloseOffer(int round, OrderEvent.CloseReason reason) implements OnOffer {}

    /// A command about the times of the order.
    sealed interface OnTimes extends OrderCommand {}

    /// The store or another system sets when the order is delivered and when it is ready; null clears a time.
    record SetTimes(
            @Nullable Instant estimatedDeliveryOrNone,
            @Nullable Instant readyAtOrNone) implements OnTimes {}

    /// The hub expects the order after the time that was promised.
    record OpenDelay(Instant promisedAt, Instant expectedAt) implements OnTimes {}

    /// The hub expects the order in time again.
    record CloseDelay(Instant expectedAt) implements OnTimes {}

    /// The driver that has the order by the command: it fails when another driver holds the order.
    default Optional<Actor> claimant() {
        return switch (this) {
            case Claim(var driver) -> Optional.of(driver);
            case AcceptOffer(var driver) -> Optional.of(driver);
            case CollectParcel(var driver, var _) -> Optional.of(driver);
            case DeliverParcel(var driver, var _) -> Optional.of(driver);
            case ScanParcel scan -> Optional.of(scan.driver());
            case ArrivalReport report -> Optional.ofNullable(report.driverOrNone());
            case Place _,
                    Pay _,
                    Accept _,
                    Decline _,
                    Expire _,
                    Prepare _,
                    MarkReady _,
                    Assign _,
                    HandBack _,
                    PickUp _,
                    StartTransit _,
                    Deliver _,
                    Cancel _,
                    Fail _,
                    Return _,
                    RecordProof _,
                    MakeOffer _,
                    DeclineOffer _,
                    CloseOffer _,
                    OnTimes _ -> Optional.empty();
        };
    }

    /// The command as a verb, for a message about it.
    default String verb() {
        return switch (this) {
            case Place _ -> "place";
            case Pay _ -> "pay";
            case Accept _ -> "accept";
            case Decline _ -> "decline";
            case Expire _ -> "expire";
            case Prepare _ -> "prepare";
            case MarkReady _ -> "mark ready";
            case Assign _ -> "assign";
            case Claim _ -> "claim";
            case HandBack _ -> "hand back";
            case PickUp _ -> "pick up";
            case StartTransit _ -> "start transit";
            case Deliver _, DeliverParcel _, ScanParcel _ -> "deliver";
            case RecordProof _ -> "record a proof";
            case Cancel _ -> "cancel";
            case Fail _ -> "fail";
            case Return _ -> "return";
            case CollectParcel _ -> "collect";
            case Approach approach -> "approach the " + approach.stop().wireName();
            case Arrive arrive -> "arrive at the " + arrive.stop().wireName();
            case CorrectArrival correct ->
                "correct the arrival at the " + correct.stop().wireName();
            case MakeOffer _ -> "offer";
            case AcceptOffer _ -> "accept an offer";
            case DeclineOffer _ -> "decline an offer";
            case CloseOffer _ -> "close an offer";
            case SetTimes _ -> "set the times";
            case OpenDelay _, CloseDelay _ -> "report a delay";
        };
    }
}
