package waybill.cli.kill;

import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.json.JSONObject;
import waybill.cli.caps.AckResult;
import waybill.cli.caps.Connection;
import waybill.cli.caps.HubClient;
import waybill.cli.caps.Parcel;

/// A connection to the hub that audits events in both directions. Confined to its app's thread.
final class AuditedConnection implements Connection {

    private final Connection connection;
    private final DeliveryAudit audit;
    private final Set<Object> pendingAcks = new HashSet<>();

    AuditedConnection(Connection connection, DeliveryAudit witness) {
        this.connection = connection;
        this.audit = witness;
    }

    @Override
    public void send(String event, JSONObject body, Consumer<AckResult> onAck) {
        var message = new Object();
        pendingAcks.add(message);
        audit.sent(message);
        connection.send(event, body, result -> {
            if (event.equals("received")
                    && body.getString("event").equals("delivered")
                    && result instanceof AckResult.Accepted) {
                audit.received(Parcel.of(body).orElseThrow().key());
            }
            onAck.accept(result);
            pendingAcks.remove(message);
            audit.acknowledged(message);
        });
    }

    /// Wraps the app so that `onMessage` receives every message first.
    HubClient audited(HubClient app, BiConsumer<String, Parcel> onMessage) {
        return new HubClient() {
            @Override
            public void onConnect() {
                app.onConnect();
            }

            @Override
            public void onDisconnect() {
                audit.abandoned(pendingAcks);
                pendingAcks.clear();
                app.onDisconnect();
            }

            @Override
            public void onEvent(String event, JSONObject message) {
                onMessage.accept(event, Parcel.of(message).orElseThrow());
                app.onEvent(event, message);
            }
        };
    }
}
