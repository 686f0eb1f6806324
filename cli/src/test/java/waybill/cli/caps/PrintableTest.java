package waybill.cli.caps;

import static org.assertj.core.api.Assertions.assertThat;

import org.json.JSONObject;
import org.junit.jupiter.api.Test;

class PrintableTest {

    private static final String FORGED = "7\u001b[2J\nDRIVER: delivered 8.";

    @Test
    void plainTextIsUnchanged() {
        var text = "Ærlig Ørn, 12 Lake Road 😀";
        assertThat(Printable.of(text)).isSameAs(text);
    }

    @Test
    void controlCharactersAreEscaped() {
        assertThat(Printable.of(FORGED)).isEqualTo("7\\u001b[2J\\u000aDRIVER: delivered 8.");
        assertThat(Printable.of("\u009b31m\u202e\u2028")).isEqualTo("\\u009b31m\\u202e\\u2028");
    }

    @Test
    void everyEventPrintsForeignTextEscaped() {
        var order = new JSONObject().put("customer", FORGED).put("address", "\u009b");
        var parcel = new Parcel("s", FORGED, order);
        var text = new EventText(Profile.phase2);
        for (var event : new ClientEvent[] {
            new ClientEvent.Placed(parcel),
            new ClientEvent.DeliveryNotified(parcel),
            new ClientEvent.PickingUp(parcel),
            new ClientEvent.PickedUp(parcel),
            new ClientEvent.Delivered(parcel),
            new ClientEvent.TransitNotified(parcel),
            new ClientEvent.ClaimLost(parcel),
            new ClientEvent.Scanned(FORGED),
            new ClientEvent.RequestFailed(FORGED, "conflict", FORGED),
            new ClientEvent.Disconnected(FORGED),
            new ClientEvent.AccessDenied("forbidden", FORGED)
        }) {
            assertThat(text.of(event))
                    .as(event.toString())
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line).doesNotContain("\u001b", "\n", "\u009b"));
        }
    }
}
