package waybill.hub.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogSignalsTest {

    @Test
    void everyConsumerIsWokenByASignal() {
        var signals = new LogSignals();
        var woken = new ArrayList<String>();
        signals.add().onSignal(() -> woken.add("relay"));
        signals.add().onSignal(() -> woken.add("webhooks"));
        signals.signal();
        signals.signal();
        assertThat(woken).isEqualTo(List.of("relay", "webhooks", "relay", "webhooks"));
    }
}
