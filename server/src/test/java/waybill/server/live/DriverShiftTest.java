package waybill.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.live.DialectServerFixture.ADMIN;
import static waybill.server.live.DialectServerFixture.ANNA;
import static waybill.server.live.DialectServerFixture.KARI;
import static waybill.server.live.DialectServerFixture.OLA;
import static waybill.server.live.LiveTestClient.json;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import waybill.directory.DriverState;
import waybill.directory.DriverStatus;
import waybill.directory.Vehicle;

/// A driver goes on duty over a socket, and off duty at the end of its shift, whatever the process does meanwhile.
class DriverShiftTest extends SecuredHubTest {

    @Test
    void everyDialectSetsTheStatusOfADriver() {
        var realtime = fixture.connect("/realtime", KARI);
        assertThat(realtime.emitWithAck("driver:status", json("status", "available", "capacity", 5))
                        .optBoolean("ok"))
                .isTrue();
        assertThat(state("kari").shift().capacity()).isEqualTo(5);

        var storefront = fixture.connect("/delivery", KARI);
        assertThat(storefront
                        .emitWithAck("delivery:status", json("status", "busy", "vehicle", "foot"))
                        .optBoolean("ok"))
                .isTrue();
        assertThat(state("kari").status()).isEqualTo(DriverStatus.BUSY);
        assertThat(state("kari").shift().vehicle()).isEqualTo(Vehicle.FOOT);

        var marketplace = fixture.connect("/marketplace", KARI);
        var ends = fixture.clock.instant().plusSeconds(60);
        var ack = marketplace.emitWithAck(
                "driver:status_update", json("status", "available", "shift_ends_at", ends.toString()));
        assertThat(ack.optLong("eventId")).isPositive();
        assertThat(state("kari").shift().endsAt()).contains(ends);
        assertThat(state("kari").shift().capacity()).isEqualTo(5);

        var again = marketplace.emitWithAck("driver:status_update", json("status", "available"));
        assertThat(again.optBoolean("ok")).isTrue();
        assertThat(again.has("eventId")).as("nothing changed").isFalse();
    }

    @Test
    void aBadStatusIsExplainedInTheNamesOfTheDialect() {
        var kari = fixture.connect("/marketplace", KARI);
        var error = kari.emitWithAck(
                        "driver:status_update", json("status", "available", "shift_ends_at", "2020-01-01T00:00:00Z"))
                .optJSONObject("error");
        assertThat(error.optString("code")).isEqualTo("invalid");
        assertThat(error.optString("field")).isEqualTo("shift_ends_at");

        var anna = fixture.connect("/marketplace", ANNA);
        assertThat(anna.emitWithAck("driver:status_update", json("status", "available"))
                        .optJSONObject("error")
                        .optString("code"))
                .isEqualTo("forbidden");
    }

    @Test
    void aDriverGoesOffDutyAtTheEndOfItsShift() {
        var admin = fixture.connect("/marketplace", ADMIN);
        onDutyFor("/marketplace", Duration.ofMinutes(10));
        assertThat(admin.nextEvent("driver:status_update").text("status")).isEqualTo("available");
        fixture.clock.advance(Duration.ofMinutes(9));
        assertThat(fixture.parts().core().driversOnDuty().isOnDuty("kari")).isTrue();

        fixture.clock.advance(Duration.ofMinutes(1));

        var changed = admin.nextEvent("driver:status_update");
        assertThat(changed.text("driver_id")).isEqualTo("kari");
        assertThat(changed.text("status")).isEqualTo("offline");
        assertThat(state("kari").shift().endsAt()).isEmpty();
        assertThat(fixture.parts().core().driversOnDuty().isOnDuty("kari")).isFalse();
    }

    @Test
    void aShiftThatEndsWhileNoHubRunsIsEndedByTheNextOne() {
        onDutyFor("/marketplace", Duration.ofMinutes(10));
        fixture.setDriverStatus(OLA, DriverStatus.AVAILABLE);
        fixture.clock.advance(Duration.ofMinutes(11));

        fixture.restart();

        fixture.awaitOffDuty("kari");
        assertThat(state("kari").status()).isEqualTo(DriverStatus.OFFLINE);
        assertThat(state("ola").status()).as("without an end").isEqualTo(DriverStatus.AVAILABLE);
    }

    private void onDutyFor(String namespace, Duration time) {
        var kari = fixture.connect(namespace, KARI);
        var ends = fixture.clock.instant().plus(time);
        assertThat(kari.emitWithAck(
                                "driver:status_update", json("status", "available", "shift_ends_at", ends.toString()))
                        .optBoolean("ok"))
                .isTrue();
        fixture.awaitRelay();
    }

    private DriverState state(String driver) {
        return fixture.store().directory().findDriver(driver).orElseThrow();
    }
}
