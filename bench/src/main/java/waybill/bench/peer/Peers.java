package waybill.bench.peer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The servers there are, by name.
public final class Peers {

    public static final List<String> NAMES = List.of("ws", "uws", "netty-socketio", "waybill", "engine");

    /// Those that are measured unless somebody asks for others.
    public static final List<String> DEFAULT = List.of("ws", "uws", "netty-socketio", "waybill");

    private Peers() {}

    /// The servers of these names; ours once for each number of event loops.
    ///
    /// @param folder where the sources of the other servers are
    /// @param packages where the npm packages are
    /// @param jvmOptions what our server's JVM is started with
    /// @param data a folder for what a hub keeps, on a disk like the one it would have
    public static List<Peer> named(
            List<String> names, List<Integer> loops, Path folder, Path packages, Path data, List<String> jvmOptions) {
        var node = folder.resolve("node");
        var peers = new ArrayList<Peer>();
        for (var name : names) {
            switch (name) {
                case "ws" -> peers.add(new NodePeer("Socket.IO on ws", NodePeer.Engine.WS, node, packages));
                case "uws" ->
                    peers.add(new NodePeer("Socket.IO on uWebSockets.js", NodePeer.Engine.UWS, node, packages));
                case "netty-socketio" -> peers.add(new NettySocketIoPeer(folder.resolve("netty-socketio")));
                case "waybill" -> peers.addAll(waybillPeers(WaybillPeer.Part.HUB, loops, data, jvmOptions));
                case "engine" -> peers.addAll(waybillPeers(WaybillPeer.Part.ENGINE, loops, data, jvmOptions));
                default -> throw new IllegalArgumentException("peer: " + name + " (expected: one of " + NAMES + ")");
            }
        }
        return peers;
    }

    private static List<WaybillPeer> waybillPeers(
            WaybillPeer.Part part, List<Integer> loops, Path data, List<String> jvmOptions) {
        return loops.stream()
                .map(number -> new WaybillPeer(part, number, data, jvmOptions))
                .toList();
    }
}
