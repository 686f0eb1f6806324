package waybill.server.live;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import waybill.hub.OrderCommandHandler;
import waybill.hub.relay.LogSignals;
import waybill.hub.relay.RelayRunner;
import waybill.hub.schedule.InMemoryLeases;
import waybill.server.identity.SocketAuthenticator;
import waybill.server.identity.TokenVerifier;
import waybill.socketio.SocketServer;
import waybill.storage.Store;

/// The parts of the server that end with its process, or, if they share the store of another, with its node.
record RunningServer(
        Store store,
        boolean ownsStore,
        LogSignals signals,
        InMemoryLeases leases,
        ExecutorService blockingExecutor,
        TokenVerifier tokenVerifier,
        SocketAuthenticator authenticator,
        SocketServer server,
        LiveServices services,
        DialectServer dialectServer,
        RelayedSequence relayed,
        RelayRunner relayRunner,
        OrderCommandHandler orders,
        ClientRegistry clients,
        InetSocketAddress address)
        implements AutoCloseable {

    @Override
    public void close() {
        server.close(Duration.ZERO).toCompletableFuture().join();
        authenticator.close();
        dialectServer.close();
        relayRunner.close();
        blockingExecutor.close();
        tokenVerifier.close();
        leases.release();
        if (ownsStore) {
            store.close();
        }
    }
}
