package waybill.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import waybill.socketio.netty.ReportedError;

class ConnectionErrorTest {

    @Test
    void everyReasonOfTheTransportsIsReported() {
        assertThat(Arrays.stream(ReportedError.Reason.values())
                        .map(reason -> ConnectionError.of(new ReportedError(reason, "why", "203.0.113.7"))
                                .reason()
                                .name()))
                .containsExactlyElementsOf(Arrays.stream(ConnectionError.Reason.values())
                        .map(Enum::name)
                        .toList());
    }
}
