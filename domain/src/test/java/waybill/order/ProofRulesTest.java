package waybill.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import waybill.blob.Blob;
import waybill.blob.BlobId;
import waybill.blob.BlobType;
import waybill.geo.Position;
import waybill.order.Decision.Accepted;
import waybill.order.Decision.AlreadyDone;
import waybill.order.Decision.Reason;
import waybill.order.Decision.Refused;

/// Which proofs are accepted when, and how they are linked.
class ProofRulesTest {

    private static final Actor KARI = Actor.driver("kari");
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00.123456Z");

    private static Order order(OrderState state, String pin, ProofKind... required) {
        var order = OrderSamples.order(new OrderId(new UUID(0, 7)), NOON)
                .withState(state)
                .withDriver(KARI);
        return order.withDetails(order.details().withProofRequirement(new ProofRequirement(Set.of(required), pin)));
    }

    private static Decision decide(Order order, OrderCommand command) {
        return OrderStateMachine.decide(order, command, _ -> true, OfferPolicy.TO_ALL, NOON);
    }

    private static OrderCommand.RecordProof proof(ProofKind kind, String code, String sha256) {
        var image = kind.hasImage() ? new Blob(new BlobId(new UUID(0, 1)), sha256, 5, BlobType.JPEG) : null;
        var place = new ProofPlace(new Position(59.9139, 10.7522), 8.0, NOON);
        return new OrderCommand.RecordProof(new Proof.Evidence(kind, code, image, place, "Ada Ås"), KARI, NOON, NOON);
    }

    @Test
    void isDeliveredOnlyWithTheRequiredProofs() {
        var order = order(OrderState.IN_TRANSIT, "4711", ProofKind.PIN, ProofKind.PHOTO);
        assertThat(decide(order, new OrderCommand.Deliver()))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.message()).contains("no proof by pin, photo yet"));
        assertThat(decide(order, new OrderCommand.DeliverParcel(KARI, "{}"))).isInstanceOf(Refused.class);
        var withPin = ((Accepted) decide(order, proof(ProofKind.PIN, "4711", ""))).finalOrder();
        var withPhoto = ((Accepted) decide(withPin, proof(ProofKind.PHOTO, "", "a".repeat(64)))).finalOrder();
        assertThat(ProofRules.missing(withPin)).containsExactly(ProofKind.PHOTO);
        assertThat(decide(withPhoto, new OrderCommand.Deliver())).isInstanceOf(Accepted.class);
    }

    @Test
    void aWrongPinAndAnotherCodeAreRefused() {
        var order = order(OrderState.IN_TRANSIT, "4711", ProofKind.PIN);
        assertThat(decide(order, proof(ProofKind.PIN, "4712", "")))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Reason.WRONG_PIN));
        assertThat(decide(order, proof(ProofKind.SCAN, "other", "")))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Reason.WRONG_CODE));
        assertThat(decide(order(OrderState.IN_TRANSIT, ""), proof(ProofKind.PIN, "4711", "")))
                .isInstanceOf(Refused.class);
    }

    @Test
    void isRecordedOnceAndOnlyByTheOrderAtTheDoorOrAfter() {
        var order = order(OrderState.PICKED_UP, "");
        var once = ((Accepted) decide(order, proof(ProofKind.PHOTO, "", "a".repeat(64)))).finalOrder();
        assertThat(decide(once, proof(ProofKind.PHOTO, "", "a".repeat(64)))).isInstanceOf(AlreadyDone.class);
        assertThat(decide(once, proof(ProofKind.PHOTO, "", "b".repeat(64)))).isInstanceOf(Accepted.class);
        for (var state : List.of(OrderState.PENDING, OrderState.ACCEPTED, OrderState.CANCELLED, OrderState.RETURNED)) {
            assertThat(decide(order(state, ""), proof(ProofKind.PHOTO, "", "a".repeat(64))))
                    .isInstanceOf(Refused.class);
        }
    }

    @Test
    void anOrderHasALimitedNumberOfProofs() {
        var order = order(OrderState.IN_TRANSIT, "");
        for (var i = 0; i < ProofRules.PROOFS_MAX; i++) {
            order = ((Accepted) decide(order, proof(ProofKind.PHOTO, "", "%064x".formatted(i)))).finalOrder();
        }
        assertThat(decide(order, proof(ProofKind.PHOTO, "", "f".repeat(64)))).isInstanceOf(Refused.class);
    }

    @Test
    void aScanAtTheDoorDeliversAndIsAProofIfOneIsRequired() {
        var order = order(OrderState.IN_TRANSIT, "", ProofKind.SCAN);
        var scanned = ((Accepted) decide(order, new OrderCommand.ScanParcel(KARI, "m1", NOON, NOON)));
        assertThat(scanned.steps().getFirst().event()).isInstanceOf(OrderEvent.ProofRecorded.class);
        assertThat(scanned.finalOrder().state()).isEqualTo(OrderState.DELIVERED);
        assertThat(ProofRules.missing(scanned.finalOrder())).isEmpty();
        var without = ((Accepted)
                decide(order(OrderState.IN_TRANSIT, ""), new OrderCommand.ScanParcel(KARI, "m1", NOON, NOON)));
        assertThat(without.steps()).hasSize(1);
        assertThat(decide(
                        order(OrderState.IN_TRANSIT, "", ProofKind.SCAN, ProofKind.PHOTO),
                        new OrderCommand.ScanParcel(KARI, "m1", NOON, NOON)))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.message()).contains("no proof by photo yet"));
    }

    /// The page `docs/proof.md` describes this text for other programs: it must never change under its format's
    /// name.
    @Test
    void theCanonicalTextIsAsDocumented() {
        var order = order(OrderState.IN_TRANSIT, "");
        var step = ((Accepted) decide(order, proof(ProofKind.PHOTO, "", "ab".repeat(32))))
                .steps()
                .getFirst();
        var proof = ((OrderEvent.ProofRecorded) step.event()).proof();
        assertThat(ProofText.of(proof)).isEqualTo("""
                format=waybill-proof-1
                order=%s
                number=1
                kind=photo
                by=driver%%3Akari
                occurredAt=2026-01-31T12%%3A00%%3A00.123Z
                receivedAt=2026-01-31T12%%3A00%%3A00.123Z
                latitude=59.9139000
                longitude=10.7522000
                accuracy=8.00
                recordedAt=2026-01-31T12%%3A00%%3A00.123Z
                recipient=Ada%%20%%C3%%85s
                imageSha256=%s
                imageSize=5
                imageType=image%%2Fjpeg
                previous=%s
                """.formatted(order.id(), "ab".repeat(32), "0".repeat(64)));
        assertThat(proof.hash()).isEqualTo(ProofText.hash(ProofText.of(proof)));
    }

    @Test
    void eachProofNamesTheHashOfTheOneBefore() {
        var first = (Accepted) decide(order(OrderState.IN_TRANSIT, ""), proof(ProofKind.PHOTO, "", "a".repeat(64)));
        var second = (Accepted) decide(first.finalOrder(), proof(ProofKind.PHOTO, "", "b".repeat(64)));
        var proof = ((OrderEvent.ProofRecorded) second.steps().getFirst().event()).proof();
        assertThat(proof.number()).isEqualTo(2);
        assertThat(proof.previousHash())
                .isEqualTo(first.finalOrder().proofs().recorded().getLast().hash());
    }
}
