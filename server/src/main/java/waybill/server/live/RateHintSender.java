package waybill.server.live;

import java.util.List;
import java.util.stream.Collectors;
import waybill.access.Role;
import waybill.access.UserId;
import waybill.hub.position.RateHints;
import waybill.order.OrderId;
import waybill.socketio.RawJson;

/// Sends rate hints to the sockets of drivers, and looks for sockets of viewers in the rooms of their orders.
public final class RateHintSender implements RateHints.Publisher, RateHints.ViewerProbe {

    private final ClientRegistry clients;
    private final DialectChannels channels;

    public RateHintSender(ClientRegistry clients, DialectChannels channels) {
        this.clients = clients;
        this.channels = channels;
    }

    @Override
    public void publish(String driver, long intervalMs) {
        clients.ofUser(new UserId(Role.DRIVER, driver))
                .filter(ClientSession::isLive)
                .forEach(client -> {
                    var hint = client.dialect.renderRateHint(intervalMs);
                    client.channel.countSent(hint.event());
                    client.socket.emit(hint.event(), new RawJson(hint.json()));
                });
    }

    /// Drivers are in the rooms of their orders, too.
    @Override
    public void probe(List<OrderId> orders, Runnable onViewer) {
        for (var channel : channels.all()) {
            var rooms = orders.stream().map(channel.dialect()::orderRoom).collect(Collectors.toUnmodifiableSet());
            channel.forEach(
                    rooms,
                    client -> client.principal()
                            .filter(principal -> principal.role() != Role.DRIVER)
                            .ifPresent(_ -> onViewer.run()));
        }
    }
}
