package waybill.bench.peer;

import java.util.List;
import java.util.Map;

/// A server to measure.
public sealed interface Peer permits NodePeer, NettySocketIoPeer, WaybillPeer {

    /// How to start a server that listens on 127.0.0.1 at a port.
    record Command(List<String> words, Map<String, String> environment) {}

    /// Its name in the table.
    String name();

    /// Does all that need not be measured: packages, compilation. Cheap when it is done already.
    void prepare() throws PeerUnavailable;

    /// What is measured, with versions. Asked after [#prepare].
    String version() throws PeerUnavailable;

    /// Whether it has what a scenario asks for.
    default boolean takesPart(String scenario) {
        return true;
    }

    /// How to start it.
    ///
    /// @param scenario some servers are put together differently for some scenarios
    /// @param secret what tokens are signed with
    Command command(String scenario, int port, String secret);

    /// Whether one core is all it can use, so that it is best kept to one.
    boolean isSingleThreaded();
}
