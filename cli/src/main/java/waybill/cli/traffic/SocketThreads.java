package waybill.cli.traffic;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;

/// The threads that read from the sockets of all clients: one for each, as the WebSocket client needs.
public final class SocketThreads implements AutoCloseable {

    /// More than the demo and a simulation have; by default the client opens 64.
    private static final int SOCKETS_MAX = 1_000;

    private static final Duration READ_TIMEOUT = Duration.ofMinutes(1);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final OkHttpClient client;

    public SocketThreads() {
        var dispatcher = new Dispatcher(threads);
        dispatcher.setMaxRequests(SOCKETS_MAX);
        client = new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .readTimeout(READ_TIMEOUT)
                .build();
    }

    public OkHttpClient client() {
        return client;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
