package waybill.server.live;

import java.util.List;
import org.jspecify.annotations.Nullable;
import waybill.hub.position.EtaUpdate;
import waybill.hub.position.PositionPublisher;
import waybill.hub.position.PositionUpdate;
import waybill.hub.position.SignalPublisher;
import waybill.hub.position.SignalUpdate;

/// Broadcasts positions and ETAs of orders to their viewers, and changes of signals to those of this node, rendered
/// once for each dialect with
/// connected sockets. A slow socket receives the newest of each order.
public final class PositionBroadcaster implements PositionPublisher, SignalPublisher {

    private final List<DialectChannel> channels;

    public PositionBroadcaster(DialectChannels channels) {
        this.channels = channels.all();
    }

    @Override
    public void publish(List<PositionUpdate> positions, @Nullable EtaUpdate etaOrNone) {
        for (var channel : channels) {
            if (channel.hasSubscribersOnAnyNode()) {
                for (var position : positions) {
                    channel.broadcastLatest(channel.dialect().render(position), "position " + position.order());
                }
                if (etaOrNone != null) {
                    channel.broadcastLatest(channel.dialect().render(etaOrNone), key(etaOrNone));
                }
            }
        }
    }

    @Override
    public void publishHere(EtaUpdate eta) {
        for (var channel : channels) {
            if (channel.hasSubscribers()) {
                channel.broadcastLatestHere(channel.dialect().render(eta), key(eta));
            }
        }
    }

    private static String key(EtaUpdate eta) {
        return "eta " + eta.order();
    }

    /// A slow socket receives the newest change of each driver and order.
    @Override
    public void publish(SignalUpdate signal) {
        for (var channel : channels) {
            if (channel.hasSubscribers()) {
                channel.broadcastLatestHere(
                        channel.dialect().render(signal), "signal " + signal.driver() + " " + signal.orderIdOrNone());
            }
        }
    }
}
