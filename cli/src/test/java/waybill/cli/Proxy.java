package waybill.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A reverse proxy in front of the hub, configured as the hub's documentation describes.
public final class Proxy implements AutoCloseable {

    private final ProgramProcess program;
    private final URI url;

    private Proxy(ProgramProcess program, URI url) {
        this.program = program;
        this.url = url;
    }

    public static Proxy nginx(int hubPort, Path folder) throws IOException, InterruptedException {
        int port = freePort();
        return nginx(folder, URI.create("http://127.0.0.1:" + port), """
                large_client_header_buffers 4 32k;
                client_max_body_size 2m;
                map $http_upgrade $connection_upgrade {
                  default upgrade;
                  ''      '';
                }
                upstream hub {
                  server 127.0.0.1:%d;
                  keepalive 16;
                }
                server {
                  listen 127.0.0.1:%d;
                  location / {
                    proxy_pass http://hub;
                    proxy_http_version 1.1;
                    proxy_set_header Host $http_host;
                    proxy_set_header Upgrade $http_upgrade;
                    proxy_set_header Connection $connection_upgrade;
                    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                    proxy_set_header X-Forwarded-Proto $scheme;
                    proxy_next_upstream off;
                    proxy_read_timeout 75s;
                  }
                }
                """.formatted(hubPort, port));
    }

    public static Proxy haproxy(int hubPort, Path folder) throws IOException, InterruptedException {
        int port = freePort();
        return haproxy(folder, URI.create("http://127.0.0.1:" + port), """
                defaults
                  mode http
                  timeout connect 5s
                  timeout client 75s
                  timeout server 75s
                  timeout tunnel 1h
                  option forwardfor
                  http-reuse always
                frontend clients
                  bind 127.0.0.1:%d
                  default_backend hub
                backend hub
                  server hub 127.0.0.1:%d
                """.formatted(port, hubPort));
    }

    /// nginx at `url`, with the given contents of its `http` block.
    public static Proxy nginx(Path folder, URI url, String http) throws IOException, InterruptedException {
        var nginx = InstalledPrograms.program("nginx", "/usr/sbin/nginx", "/usr/bin/nginx");
        var config = Files.writeString(
                Files.createDirectories(folder).resolve("nginx.conf"), """
                user root; # its folder is for its owner only; ignored where nginx does not run as root
                daemon off;
                error_log stderr notice;
                pid %1$s/nginx.pid;
                events {}
                http {
                access_log off;
                client_body_temp_path %1$s/body;
                proxy_temp_path %1$s/proxy;
                fastcgi_temp_path %1$s/fastcgi;
                uwsgi_temp_path %1$s/uwsgi;
                scgi_temp_path %1$s/scgi;
                %2$s
                }
                """.formatted(folder.toAbsolutePath(), http));
        var program = ProgramProcess.start(
                Map.of(),
                folder,
                List.of(nginx.toString(), "-c", config.toAbsolutePath().toString()));
        program.line("start worker process ");
        return new Proxy(program, url);
    }

    /// HAProxy at `url`, with the given configuration.
    public static Proxy haproxy(Path folder, URI url, String text) throws IOException, InterruptedException {
        var haproxy = InstalledPrograms.program("haproxy", "/usr/sbin/haproxy", "/usr/bin/haproxy");
        var config = Files.writeString(Files.createDirectories(folder).resolve("haproxy.cfg"), text);
        var program = ProgramProcess.start(
                Map.of(),
                folder,
                List.of(
                        haproxy.toString(),
                        "-W",
                        "-db",
                        "-f",
                        config.toAbsolutePath().toString()));
        program.line("Loading success");
        return new Proxy(program, url);
    }

    /// Caddy at `url`, with the given sites.
    public static Proxy caddy(Path folder, URI url, String sites) throws IOException, InterruptedException {
        var caddy = InstalledPrograms.program("caddy", "/usr/bin/caddy", "/usr/local/bin/caddy");
        var config = Files.writeString(Files.createDirectories(folder).resolve("Caddyfile"), """
                {
                    admin off
                    auto_https disable_redirects
                }
                %s
                """.formatted(sites));
        var program = ProgramProcess.start(
                Map.of("HOME", folder.toAbsolutePath().toString()),
                folder,
                List.of(
                        caddy.toString(),
                        "run",
                        "--config",
                        config.toAbsolutePath().toString(),
                        "--adapter",
                        "caddyfile"));
        program.line("serving initial configuration");
        return new Proxy(program, url);
    }

    public URI url() {
        return url;
    }

    @Override
    public void close() {
        program.close();
    }

    public static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
