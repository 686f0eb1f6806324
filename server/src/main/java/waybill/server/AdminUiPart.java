package waybill.server;

import java.util.Optional;
import waybill.server.adminui.AdminUi;
import waybill.server.socket.AdmissionLimits;
import waybill.socketio.SocketServer;

/// The Socket.IO Admin UI, where the configuration has an account for it.
final class AdminUiPart {

    private AdminUiPart() {}

    /// Before any namespace is made.
    static Optional<AdminUi> create(Parts parts, SocketServer server, AdmissionLimits admission) {
        var platform = parts.platform();
        var config = parts.config();
        return config.adminUi()
                .map(account -> new AdminUi(
                        server,
                        account,
                        new AdminUi.Node(
                                parts.cluster().node().name(),
                                config.web().port().tls().isPresent()),
                        new AdminUi.Admission(
                                admission,
                                parts.security().authenticator(),
                                config.identity().badTokensPerMinute()),
                        new AdminUi.Resources(
                                platform.clock(), platform::elapsedMs, platform.random(), platform.threads())));
    }
}
