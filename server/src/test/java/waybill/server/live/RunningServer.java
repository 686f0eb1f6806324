package waybill.server.live;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import waybill.hub.OrderCommandHandler;
import waybill.hub.relay.RelayRunner;
import waybill.server.identity.SocketAuthenticator;
import waybill.server.identity.TokenVerifier;
import waybill.socketio.SocketServer;
import waybill.storage.Store;

/// The parts of the server that end with its process.
record RunningServer(
        Store store,
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
        store.close();
    }
}
