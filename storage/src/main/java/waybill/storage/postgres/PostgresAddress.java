package waybill.storage.postgres;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where a database is, and as which user it is opened. Its text has no password.
///
/// @param parameters of the JDBC driver, such as `sslmode=verify-full`; empty without any
public record PostgresAddress(
        String host,
        int port,
        String database,
        String parameters,
        @Nullable String userOrNone,
        @Nullable String passwordOrNone) {

    private static final int DEFAULT_PORT = 5432;

    private static final Set<String> SCHEMES = Set.of("postgresql", "postgres");

    private static final String EXPECTED = " (expected: postgresql://user@host:5432/database)";

    /// Parses `postgresql://user:password@host:port/database?parameter=value`. Of a text that cannot be parsed the
    /// message
    /// repeats nothing: it may hold a password.
    public static PostgresAddress parse(String url) {
        try {
            var uri = new URI(url);
            if (uri.getScheme() == null || !SCHEMES.contains(uri.getScheme())) {
                throw new IllegalArgumentException("database: another kind of URL" + EXPECTED);
            }
            if (uri.getHost() == null || uri.getPath() == null || uri.getPath().length() < 2) {
                throw new IllegalArgumentException("database: a URL without a host or a database" + EXPECTED);
            }
            var user = uri.getRawUserInfo();
            var colon = user == null ? -1 : user.indexOf(':');
            return new PostgresAddress(
                    uri.getHost(),
                    uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
                    uri.getPath().substring(1),
                    uri.getRawQuery() == null ? "" : uri.getRawQuery(),
                    user == null ? null : decode(colon < 0 ? user : user.substring(0, colon)),
                    user == null || colon < 0 ? null : decode(user.substring(colon + 1)));
        } catch (URISyntaxException _) { // its message holds the text
            throw new IllegalArgumentException("database: not a URL" + EXPECTED);
        }
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /// The same with another password.
    public PostgresAddress withPassword(String password) {
        return new PostgresAddress(host, port, database, parameters, userOrNone, password);
    }

    /// The same with another database on the server.
    public PostgresAddress withDatabase(String other) {
        return new PostgresAddress(host, port, other, parameters, userOrNone, passwordOrNone);
    }

    String jdbcUrl() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database
                + (parameters.isEmpty() ? "" : "?" + parameters);
    }

    @Override
    public String toString() {
        return "postgresql://" + host + ":" + port + "/" + database;
    }
}
