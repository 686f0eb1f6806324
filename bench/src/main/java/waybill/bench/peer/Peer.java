package waybill.bench.peer;

import java.util.List;
import java.util.Map;

/// A server to measure.
public sealed interface Peer permits NodePeer, NettySocketIoPeer, WaybillPeer {

    /// How to start a server that listens on 127.0.0.1 at a port.
    record Command(List<String> words, Map<String, String> environment) {}

    /// Its name in the table.
    String name();

    /// Installs packages and compiles, which is not measured. Cheap when it is done already.
    void prepare() throws PeerUnavailable;

    /// The measured software with its versions. Called after [#prepare].
    String version() throws PeerUnavailable;

    /// Whether it supports a scenario.
    default boolean takesPart(String scenario) {
        return true;
    }

    /// The command that starts it.
    ///
    /// @param scenario the scenario, for which some servers are configured differently
    /// @param secret the secret of the tokens
    Command command(String scenario, int port, String secret);

    /// Whether it can use only one core, so that it is pinned to one.
    boolean isSingleThreaded();
}
