package waybill.server.dialect;

import static waybill.server.dialect.SampleEntries.KARI;
import static waybill.server.dialect.SampleEntries.NOON;
import static waybill.server.dialect.SampleEntries.ORDER;
import static waybill.server.dialect.SampleEntries.entry;
import static waybill.server.dialect.SampleEntries.sushi;

import java.util.Map;
import waybill.blob.Blob;
import waybill.blob.BlobId;
import waybill.blob.BlobType;
import waybill.geo.Position;
import waybill.journal.LogEntry;
import waybill.order.OrderEvent;
import waybill.order.OrderState;
import waybill.order.Proof;
import waybill.order.ProofKind;
import waybill.order.ProofPlace;
import waybill.order.Stop;

/// Entries about arrivals, times and proofs.
final class SampleJourneyEntries {

    private SampleJourneyEntries() {}

    static void putAll(Map<String, LogEntry> entries) {
        entries.put(
                "arriving-pickup",
                entry(
                        OrderState.ACCEPTED,
                        new OrderEvent.DriverArriving(Stop.PICKUP, NOON, null),
                        sushi(OrderState.ACCEPTED, KARI)));
        entries.put(
                "arriving-dropoff",
                entry(
                        OrderState.IN_TRANSIT,
                        new OrderEvent.DriverArriving(Stop.DROPOFF, NOON, 2),
                        sushi(OrderState.IN_TRANSIT, KARI)));
        entries.put("arrived-pickup", arrived(OrderState.ASSIGNED_TO_DRIVER, Stop.PICKUP));
        entries.put("arrived-dropoff", arrived(OrderState.PICKED_UP, Stop.DROPOFF));
        entries.put(
                "arrival-corrected",
                entry(
                        OrderState.PICKED_UP,
                        new OrderEvent.ArrivalCorrected(Stop.DROPOFF, NOON),
                        sushi(OrderState.PICKED_UP, KARI)));
        entries.put(
                "times-set",
                entry(
                        OrderState.PREPARING,
                        new OrderEvent.TimesSet(NOON.plusSeconds(1_800), null),
                        sushi(OrderState.PREPARING, KARI)));
        entries.put(
                "delayed",
                entry(
                        OrderState.IN_TRANSIT,
                        new OrderEvent.Delayed(NOON, NOON.plusSeconds(600)),
                        sushi(OrderState.IN_TRANSIT, KARI)));
        entries.put(
                "delay-ended",
                entry(
                        OrderState.IN_TRANSIT,
                        new OrderEvent.DelayEnded(NOON, NOON.plusSeconds(30)),
                        sushi(OrderState.IN_TRANSIT, KARI)));
        entries.put("proven-signature", proven());
    }

    private static LogEntry arrived(OrderState state, Stop stop) {
        return entry(state, new OrderEvent.DriverArrived(stop, NOON.minusSeconds(20)), sushi(state, KARI));
    }

    /// A proof with everything that a client could be told, of which some is for the parties to the order alone.
    private static LogEntry proven() {
        var image =
                new Blob(BlobId.parse("019c0f3e-8000-7000-8000-00000000000c"), "ab".repeat(32), 70_000, BlobType.PNG);
        var evidence = new Proof.Evidence(
                ProofKind.SIGNATURE,
                "",
                image,
                new ProofPlace(new Position(59.9, 10.7), 8.0, NOON.minusSeconds(30)),
                "Ada Berg");
        var proof = new Proof(ORDER, 2, evidence, KARI, NOON.minusSeconds(20), NOON, "cd".repeat(32), "ef".repeat(32));
        return entry(OrderState.IN_TRANSIT, new OrderEvent.ProofRecorded(proof), sushi(OrderState.IN_TRANSIT, KARI));
    }
}
