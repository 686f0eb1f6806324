package waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import waybill.access.Role;
import waybill.server.caps.CapsLimits;
import waybill.server.identity.IdentityConfig;
import waybill.server.socket.SharedLimits;
import waybill.server.socket.SocketLimits;

class LimitOptionsTest {

    @Test
    void noOptionsGiveTheDefaults() {
        assertThat(parsed().caps()).isEqualTo(CapsLimits.defaults());
        assertThat(parsed().live()).isEqualTo(SocketLimits.defaults());
        assertThat(parsed().badTokensPerMinute()).isEqualTo(IdentityConfig.BAD_TOKENS_PER_MINUTE_DEFAULT);
        assertThat(parsed("--refused-token-rate", "7").badTokensPerMinute()).isEqualTo(7);
    }

    @Test
    void aRateIsForAllRolesOrForOneRole() {
        var limits = parsed("--order-rate", "7", "--order-rate", "delivery=9", "--session-rate", "admin=0");
        var rates = limits.live().rates();
        assertThat(rates.get(Role.CUSTOMER))
                .extracting("orderCommandsPerSecond")
                .isEqualTo(7);
        assertThat(rates.get(Role.DRIVER)).extracting("orderCommandsPerSecond").isEqualTo(9);
        assertThat(rates.get(Role.ADMIN)).extracting("sessionEventsPerQuarter").isEqualTo(0);
        assertThat(rates.get(Role.DRIVER)).extracting("sessionEventsPerQuarter").isEqualTo(100);
        assertThat(limits.caps())
                .isEqualTo(new CapsLimits(
                        100,
                        7,
                        CapsLimits.CONFIRMATIONS_PER_SECOND,
                        500,
                        CapsLimits.defaults().pageReadWithin()));
    }

    @Test
    void anInvalidRateIsRejectedWithTheExpectedFormat() {
        assertThatThrownBy(() -> parsed("--order-rate", "pilot=3").live())
                .hasMessage("'pilot' (expected: customer, merchant, driver, admin or support)");
        assertThatThrownBy(() -> parsed("--order-rate", "-1").live())
                .hasMessageContaining("'-1' (expected: a number, or a role and a number such as driver=100)");
    }

    @Test
    void thePositionRateSetsTheInterval() {
        var rates = parsed("--position-rate", "5").live().rates();
        assertThat(rates.get(Role.DRIVER)).extracting("positionIntervalMs").isEqualTo(200);
        var any = parsed("--position-rate", "0").live().rates();
        assertThat(any.get(Role.DRIVER)).extracting("positionIntervalMs").isEqualTo(0);
    }

    @Test
    void thePositionBurstIsSet() {
        assertThat(parsed("--position-burst", "20").live().rates().get(Role.DRIVER))
                .extracting("positionBurst")
                .isEqualTo(20);
        assertThatThrownBy(() -> parsed("--position-burst", "0").live()).hasMessageContaining("positionBurst");
    }

    @Test
    void trackDaysSetTheTrackRetention() {
        assertThat(parsed("--track-days", "7").live().trackRetention()).isEqualTo(Duration.ofDays(7));
        assertThatThrownBy(() -> parsed("--track-days", "0").live()).hasMessageContaining("trackRetention");
    }

    @Test
    void theLimitsOfAllSocketsAreSet() {
        assertThat(parsed().shared()).isEqualTo(SharedLimits.defaults());
        var limits = parsed("--rooms-per-socket", "30", "--event-name-max", "64", "--rejected-event-rate", "9");
        assertThat(limits.shared()).isEqualTo(new SharedLimits(30, 64, 9));
        assertThat(limits.caps().roomsMax()).isEqualTo(30);
    }

    private static LimitOptions parsed(String... args) {
        return CommandLine.populateCommand(new LimitOptions(), args);
    }
}
