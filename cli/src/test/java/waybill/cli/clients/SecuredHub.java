package waybill.cli.clients;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.stream.Stream;
import org.json.JSONArray;
import org.json.JSONObject;
import waybill.cli.HubProcess;
import waybill.cli.orders.TestUser;
import waybill.cli.orders.TokenSecret;

/// `waybill serve` with its defaults, a secret and the options of a test.
final class SecuredHub implements AutoCloseable {

    /// Below and above the size from which clients compress (1 kB), and just below the limit of 1 MB.
    private static final List<Integer> SIZES = List.of(900, 2_000, 50_000, 990_000);

    private final HubProcess process;
    private final TokenSecret secret;

    private SecuredHub(HubProcess process, TokenSecret secret) {
        this.process = process;
        this.secret = secret;
    }

    static SecuredHub start(Path data, String... options) throws IOException, InterruptedException {
        var secret = TokenSecret.create(data.resolve("secret"));
        var all = Stream.concat(Stream.of("--jwt-secret-file", secret.file().toString()), Stream.of(options));
        return new SecuredHub(HubProcess.start(0, data.resolve("hub"), all.toArray(String[]::new)), secret);
    }

    URI url() {
        return process.url();
    }

    int port() {
        return process.url().getPort();
    }

    /// Waits for the first log line with a match.
    MatchResult line(String regex) throws InterruptedException {
        return process.program().line(regex);
    }

    String token(TestUser party) {
        return secret.token(party);
    }

    /// A token that expires after a time.
    String token(TestUser party, Duration goodFor) {
        return secret.token(party.claims(), goodFor);
    }

    /// The settings of a client for an exchange through `url`. Without transports the client's default applies.
    JSONObject settings(URI url, String store, List<String> transports) {
        var settings = new JSONObject()
                .put("url", url.toString())
                .put("store", store)
                .put("sizes", new JSONArray(SIZES))
                .put(
                        "tokens",
                        new JSONObject()
                                .put("store", token(TestUser.merchant("keeper", store)))
                                .put("driver", token(TestUser.driver("driver-of-" + store))));
        return transports.isEmpty() ? settings : settings.put("transports", new JSONArray(transports));
    }

    @Override
    public void close() {
        process.close();
    }
}
