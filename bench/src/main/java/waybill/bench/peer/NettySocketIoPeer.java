package waybill.bench.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// netty-socketio, compiled separately: it needs an older Netty, which must not be on the same class path.
///
/// @param folder the folder of its `pom.xml`
record NettySocketIoPeer(Path folder) implements Peer {

    private static final String LIBRARY = "netty-socketio-";

    @Override
    public String name() {
        return "netty-socketio";
    }

    @Override
    public void prepare() throws PeerUnavailable {
        if (!Files.isDirectory(folder.resolve("target/lib"))) {
            ExternalTool.run(folder, "mvn", "-q", "-B", "package");
        }
    }

    @Override
    public String version() throws PeerUnavailable {
        try (var libraries = Files.list(folder.resolve("target/lib"))) {
            return libraries
                    .map(library -> library.getFileName().toString().replace(".jar", ""))
                    .filter(library -> library.startsWith(LIBRARY))
                    .map(library -> library.replace(LIBRARY, "netty-socketio "))
                    .findFirst()
                    .orElseThrow(() -> new PeerUnavailable("netty-socketio is not among its libraries"));
        } catch (IOException failure) {
            throw new PeerUnavailable("netty-socketio: " + failure.getMessage());
        }
    }

    @Override
    public Command command(String scenario, int port, String secret) {
        var classPath = folder.resolve("target/classes")
                + System.getProperty("path.separator")
                + folder.resolve("target/lib/*");
        return new Command(
                JavaCommand.of(classPath, "waybill.peer.NettySocketIoServer", List.of("-Xmx1g")),
                Map.of("PORT", Integer.toString(port), "BENCH_SECRET", secret));
    }

    @Override
    public boolean isSingleThreaded() {
        return false;
    }
}
