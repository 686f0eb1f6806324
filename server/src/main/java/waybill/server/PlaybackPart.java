package waybill.server;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import waybill.hub.projection.CachedDisplayNames;
import waybill.server.playback.PlaybackNamespace;
import waybill.server.playback.PlaybackSettings;
import waybill.server.socket.AdmissionLimits;
import waybill.socketio.SocketServer;

/// The time machine, which reads on a thread of its own: live clients do not wait for it.
record PlaybackPart(PlaybackNamespace namespace, ExecutorService executor) implements AutoCloseable {

    private static final int THREADS = 1;

    /// Pages that wait to be read; one more is rejected, and its viewer gets `unavailable`.
    private static final int QUEUE_MAX = 64;

    static PlaybackPart create(
            Config config,
            Platform platform,
            StoragePart storage,
            SecurityPart security,
            SocketServer sockets,
            AdmissionLimits admission) {
        var store = storage.store();
        var limits = config.socketLimits();
        var executor = platform.threads()
                .executor("waybill-playback", THREADS, QUEUE_MAX, new ThreadPoolExecutor.AbortPolicy());
        var namespace = new PlaybackNamespace(
                store.eventLog(),
                store.trackLog(),
                new PlaybackSettings(
                        limits.trackRetention(),
                        config.orders().retention(),
                        new CachedDisplayNames(store.directory(), platform.clock()),
                        limits.isHiddenUntilNext(),
                        platform.clock()),
                executor,
                platform::elapsedMs);
        namespace.open(sockets.of("/replay"), security.authenticator(), admission);
        return new PlaybackPart(namespace, executor);
    }

    @Override
    public void close() {
        executor.close();
    }
}
