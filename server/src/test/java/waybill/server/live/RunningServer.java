package waybill.server.live;

import java.net.InetSocketAddress;
import waybill.hub.schedule.InMemoryLeases;
import waybill.server.Parts;
import waybill.server.SocketPart;
import waybill.server.StartedParts;
import waybill.server.identity.TokenVerifier;
import waybill.storage.Store;

/// The parts of the server that end with its process, or, if they share the store of another, with its node.
record RunningServer(
        StartedParts started, Parts parts, InMemoryLeases leases, SocketPart sockets, InetSocketAddress address)
        implements AutoCloseable {

    Store store() {
        return parts.storage().store();
    }

    TokenVerifier tokenVerifier() {
        return parts.security().tokenVerifier();
    }

    ClientRegistry clients() {
        return sockets.live().dialectServer().clients();
    }

    @Override
    public void close() {
        started.close();
    }
}
