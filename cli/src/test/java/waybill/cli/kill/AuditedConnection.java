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

/// A line to the hub with a witness to what is said on it, in both directions. Lives on its app's thread.
final class AuditedConnection implements Connection {

    private final Connection connection;
    private final DeliveryAudit audit;
    private final Set<Object> pendingAcks = new HashSet<>();

    AuditedConnection(Connection connection, DeliveryAudit witness) {
        this.connection = connection;
        this.audit = witness;
    }

    @Override
    public void send(String event, JSONObject body, Consumer<AckResult> answered) {
        var message = new Object();
        pendingAcks.add(message);
        audit.sent(message);
        connection.send(event, body, result -> {
            if (event.equals("received")
                    && body.getString("event").equals("delivered")
                    && result instanceof AckResult.Accepted) {
                audit.received(Parcel.of(body).orElseThrow().key());
            }
            answered.accept(result);
            pendingAcks.remove(message);
            audit.acknowledged(message);
        });
    }

    /// The app, with `hears` told of every message before the app is.
    HubClient audited(HubClient app, BiConsumer<String, Parcel> hears) {
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
                hears.accept(event, Parcel.of(message).orElseThrow());
                app.onEvent(event, message);
            }
        };
    }
}
