package waybill.bench.peer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The available servers, by name.
public final class Peers {

    public static final List<String> NAMES = List.of("ws", "uws", "netty-socketio", "waybill", "engine");

    /// The servers measured by default.
    public static final List<String> DEFAULT = List.of("ws", "uws", "netty-socketio", "waybill");

    private Peers() {}

    /// The servers with these names; the hub once for each number of event loops.
    ///
    /// @param folder the folder with the sources of the other servers
    /// @param packages the folder of the npm packages
    /// @param jvmOptions the options of the hub's JVM
    /// @param data a folder for hubs' data, on a disk like that of a real hub
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
