package waybill.server.push;

import java.util.concurrent.CompletableFuture;
import waybill.directory.Device;

/// Sends messages to the devices of one kind. Thread-safe; it never blocks.
public interface PushService extends AutoCloseable {

    /// Never fails: what goes wrong is a [PushResult].
    CompletableFuture<PushResult> push(Device device, PushMessage message);

    @Override
    void close();
}
