package waybill.server.live;

import java.time.Instant;
import waybill.hub.alert.StoreAlert;
import waybill.order.SystemAlert;

/// Sends an alert that is not in the log to administrators and support, on every node.
public record NodeAlertSender(DialectChannels channels) implements StoreAlert.Publisher {

    @Override
    public void opened(SystemAlert alert, Instant at) {
        send(alert, true, at);
    }

    @Override
    public void cleared(SystemAlert alert, Instant at) {
        send(alert, false, at);
    }

    /// A slow socket receives the newest about the node.
    private void send(SystemAlert alert, boolean isOpen, Instant at) {
        for (var channel : channels.all()) {
            channel.broadcastLatest(
                    channel.dialect().renderNodeAlert(alert, isOpen, at),
                    alert.kind().wireName() + " " + alert.subject());
        }
    }
}
