package waybill.bench.peer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Socket.IO from npm on one of its engines.
///
/// @param folder the folder of `server.js`
/// @param packages the folder of its packages: `folder`, or one prepared for this machine
record NodePeer(String name, Engine engine, Path folder, Path packages) implements Peer {

    enum Engine {
        WS("ws"),
        UWS("@btc-vision/uwebsockets.js");

        private final String packageName;

        Engine(String packageName) {
            this.packageName = packageName;
        }
    }

    private static final int NODE_MIN = 20;
    private static final Pattern VERSION = Pattern.compile("\"version\":\\s*\"([^\"]+)\"");

    @Override
    public void prepare() throws PeerUnavailable {
        var node = nodeVersion();
        if (Integer.parseInt(node.substring(0, node.indexOf('.'))) < NODE_MIN) {
            throw new PeerUnavailable("Node " + node + " (expected: " + NODE_MIN + " or newer)");
        }
        if (!Files.exists(packages.resolve("node_modules/.package-lock.json"))) {
            ExternalTool.run(packages, "npm", "ci");
        }
    }

    private String nodeVersion() throws PeerUnavailable {
        return ExternalTool.run(folder, "node", "--version").strip().substring(1);
    }

    @Override
    public String version() throws PeerUnavailable {
        return "socket.io %s, %s %s, Node %s"
                .formatted(versionOf("socket.io"), engine.packageName, versionOf(engine.packageName), nodeVersion());
    }

    private String versionOf(String packageName) throws PeerUnavailable {
        var description = ExternalTool.run(
                packages,
                "node",
                "--print",
                "fs.readFileSync('node_modules/%s/package.json', 'utf8')".formatted(packageName));
        var version = VERSION.matcher(description);
        return version.find() ? version.group(1) : "of unknown version";
    }

    @Override
    public Command command(String scenario, int port, String secret) {
        var environment = new HashMap<>(Map.of(
                "ENGINE", engine.name().toLowerCase(Locale.ROOT),
                "PORT", Integer.toString(port),
                "PACKAGES", packages.toString(),
                "BENCH_SECRET", secret));
        var preload = packages.resolve("preload.so");
        if (engine == Engine.UWS && Files.exists(preload)) {
            environment.put("LD_PRELOAD", preload.toString());
        }
        return new Command(List.of("node", folder.resolve("server.js").toString()), environment);
    }

    @Override
    public boolean isSingleThreaded() {
        return true;
    }
}
