package waybill.cli.driver;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.json.JSONObject;
import waybill.cli.caps.AckResult;
import waybill.cli.caps.ClientEvent;
import waybill.cli.caps.Connection;
import waybill.cli.caps.DelayedExecutor;
import waybill.cli.caps.HubClient;
import waybill.cli.caps.Outbox;

/// A driver that only scans: it delivers the parcels with the given codes and takes no others.
public final class ScanOnlyDriver implements HubClient {

    private final Outbox outbox;
    private final Consumer<ClientEvent> listener;
    private final CompletableFuture<Boolean> allDelivered = new CompletableFuture<>();
    private boolean isAnyRejected;

    public ScanOnlyDriver(
            List<String> codes, Connection connection, DelayedExecutor executor, Consumer<ClientEvent> listener) {
        this.listener = listener;
        outbox = new Outbox(connection, executor, codes.size());
        for (var code : codes) {
            outbox.offer(code, "scan", new JSONObject().put("code", code), result -> onScanned(code, result));
        }
    }

    /// Completes when the hub has responded to every code, with whether all were delivered.
    public CompletableFuture<Boolean> allDelivered() {
        return allDelivered;
    }

    @Override
    public void onConnect() {
        outbox.onConnect();
    }

    @Override
    public void onDisconnect() {
        outbox.onDisconnect();
    }

    @Override
    public void onEvent(String event, JSONObject message) {} // a scanner ignores pickups

    private void onScanned(String code, AckResult result) {
        switch (result) {
            case AckResult.Accepted _ -> listener.accept(new ClientEvent.Scanned(code));
            case AckResult.Rejected(var errorCode, var message, var _) -> {
                isAnyRejected = true;
                listener.accept(new ClientEvent.RequestFailed("scan " + code, errorCode, message));
            }
        }
        if (outbox.isEmpty()) {
            allDelivered.complete(!isAnyRejected);
        }
    }
}
