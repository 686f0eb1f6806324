package waybill.order;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import waybill.order.Decision.Reason;
import waybill.order.Decision.Refused;
import waybill.order.Decision.Step;

/// Which proofs are accepted when, and that an order is delivered only with the proofs that it requires.
public final class ProofRules {

    /// Proofs of one order.
    public static final int PROOFS_MAX = 20;

    private ProofRules() {}

    /// The required kinds that are not recorded yet, in the order of [ProofKind].
    public static List<ProofKind> missing(Order order) {
        return order.details().proofRequirement().sortedKinds().stream()
                .filter(kind -> !order.proofs().has(kind))
                .toList();
    }

    /// The same proof was recorded before.
    static boolean isRepeat(Order order, OrderCommand.RecordProof command) {
        return order.proofs().has(command.evidence());
    }

    /// Empty for a command that nothing of the proofs stands in the way of.
    static Optional<Refused> refusal(Order order, OrderCommand command) {
        if (command instanceof OrderCommand.RecordProof record) {
            return evidenceRefusal(order, record.evidence());
        }
        if (command instanceof OrderCommand.ScanParcel) {
            var besidesScan = missing(order).stream()
                    .filter(kind -> kind != ProofKind.SCAN)
                    .toList();
            return missingRefusal(order, besidesScan);
        }
        return command instanceof OrderCommand.Deliver || command instanceof OrderCommand.DeliverParcel
                ? missingRefusal(order, missing(order))
                : Optional.empty();
    }

    private static Optional<Refused> missingRefusal(Order order, List<ProofKind> missing) {
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        var names = missing.stream().map(ProofKind::wireName).collect(Collectors.joining(", "));
        return Optional.of(new Refused(
                Reason.CONFLICT,
                "order " + order.messageId() + ": no proof by " + names + " yet (expected: these proofs before it is"
                        + " delivered)"));
    }

    private static Optional<Refused> evidenceRefusal(Order order, Proof.Evidence evidence) {
        if (order.proofs().recorded().size() >= PROOFS_MAX) {
            return Optional.of(new Refused(
                    Reason.CONFLICT,
                    "order " + order.messageId() + ": has " + PROOFS_MAX + " proofs (expected: at most as many)"));
        }
        return switch (evidence.kind()) {
            case SCAN ->
                isCodeOf(order, evidence.code())
                        ? Optional.empty()
                        : Optional.of(new Refused(
                                Reason.WRONG_CODE, "code: of another package (expected: the code of this order)"));
            case PIN -> pinRefusal(order, evidence.code());
            case PHOTO, SIGNATURE -> Optional.empty();
        };
    }

    private static Optional<Refused> pinRefusal(Order order, String pin) {
        var expected = order.details().proofRequirement().pin();
        if (expected.isEmpty()) {
            return Optional.of(new Refused(
                    Reason.CONFLICT,
                    "order " + order.messageId() + ": has no PIN (expected: an order that requires one)"));
        }
        var isRight =
                MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), pin.getBytes(StandardCharsets.UTF_8));
        return isRight
                ? Optional.empty()
                : Optional.of(new Refused(
                        Reason.WRONG_PIN, "pin: wrong (expected: the PIN that the customer has been shown)"));
    }

    /// The code on a package is the order's id at its store, or one of the hub's names for it.
    private static boolean isCodeOf(Order order, String code) {
        return code.equals(order.messageId())
                || code.equals(order.foreignId())
                || code.equals(order.number())
                || code.equals(order.id().toString());
    }

    /// Empty unless the order is with a driver, was delivered or has failed: a photo may arrive late.
    static List<Step> steps(Order order, OrderCommand.RecordProof command) {
        return switch (order.state()) {
            case PICKED_UP, IN_TRANSIT, DELIVERED, FAILED -> List.of(step(order, command));
            case NEW,
                    PENDING,
                    PAYMENT_CONFIRMED,
                    ACCEPTED,
                    PREPARING,
                    READY_FOR_PICKUP,
                    ASSIGNED_TO_DRIVER,
                    CANCELLED,
                    DECLINED,
                    EXPIRED,
                    RETURNED -> List.of();
        };
    }

    /// A scan at the door delivers the parcel, and is recorded if the order requires a scan.
    static List<Step> steps(Order order, OrderCommand.ScanParcel command) {
        var isRecorded = missing(order).contains(ProofKind.SCAN);
        var delivery = DeliverySteps.of(order, command.driver(), OrderEvent.NO_DOCUMENT, OrderState.DELIVERED);
        if (!isRecorded || delivery.isEmpty()) {
            return delivery;
        }
        var beforeDelivery =
                delivery.size() == 1 ? order : delivery.get(delivery.size() - 2).orderAfter();
        var scan = step(beforeDelivery, command.proof());
        var steps = new ArrayList<>(delivery.subList(0, delivery.size() - 1));
        steps.add(scan);
        var last = delivery.getLast();
        steps.add(new Step(
                last.event(), last.orderAfter().withProofs(scan.orderAfter().proofs())));
        return steps;
    }

    private static Step step(Order order, OrderCommand.RecordProof command) {
        var evidence = command.evidence();
        var stored = evidence.kind() == ProofKind.PIN
                ? new Proof.Evidence(ProofKind.PIN, "", null, evidence.placeOrNone(), evidence.recipient())
                : evidence;
        var proof = Proof.next(order, stored, command.by(), command.occurredAt(), command.receivedAt());
        return new Step(
                new OrderEvent.ProofRecorded(proof),
                order.withProofs(order.proofs().with(proof)));
    }
}
