package waybill.storage.postgres;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where a database is, and as which user it is opened. Its text has no password.
///
/// @param hosts `host:port`, of several servers with commas: of these the one that takes writes is used
/// @param parameters of the JDBC driver, such as `sslmode=verify-full`; empty without any
public record PostgresAddress(
        String hosts,
        String database,
        String parameters,
        @Nullable String userOrNone,
        @Nullable String passwordOrNone) {

    private static final String DEFAULT_PORT = "5432";

    private static final Set<String> SCHEMES = Set.of("postgresql", "postgres");

    /// A name, an IPv4 address, or an IPv6 address in brackets; and a port.
    private static final Pattern HOST = Pattern.compile("([\\w.-]+|\\[[\\p{XDigit}:.]+])(?::(\\d{1,5}))?");

    private static final String EXPECTED = " (expected: postgresql://user@host:5432/database)";

    /// Which of several servers is connected to, unless a parameter says another.
    private static final String PRIMARY = "targetServerType=primary";

    /// Parses `postgresql://user:password@host:port/database?parameter=value`. Of a text that cannot be parsed the
    /// message repeats nothing: it may hold a password.
    public static PostgresAddress parse(String url) {
        try {
            var uri = new URI(url);
            if (uri.getScheme() == null || !SCHEMES.contains(uri.getScheme())) {
                throw new IllegalArgumentException("database: another kind of URL" + EXPECTED);
            }
            var authority = uri.getRawAuthority();
            if (authority == null || uri.getPath() == null || uri.getPath().length() < 2) {
                throw new IllegalArgumentException("database: a URL without a host or a database" + EXPECTED);
            }
            var at = authority.lastIndexOf('@');
            var user = at < 0 ? null : authority.substring(0, at);
            var colon = user == null ? -1 : user.indexOf(':');
            return new PostgresAddress(
                    hosts(authority.substring(at + 1)),
                    uri.getPath().substring(1),
                    uri.getRawQuery() == null ? "" : uri.getRawQuery(),
                    user == null ? null : decode(colon < 0 ? user : user.substring(0, colon)),
                    user == null || colon < 0 ? null : decode(user.substring(colon + 1)));
        } catch (URISyntaxException _) { // its message holds the text
            throw new IllegalArgumentException("database: not a URL" + EXPECTED);
        }
    }

    private static String hosts(String text) {
        return Stream.of(text.split(",", -1)).map(PostgresAddress::host).collect(Collectors.joining(","));
    }

    private static String host(String text) {
        var host = HOST.matcher(text);
        if (!host.matches()) {
            throw new IllegalArgumentException(
                    "database: a URL without a host or with another port than a number" + EXPECTED);
        }
        return host.group(1) + ":" + (host.group(2) == null ? DEFAULT_PORT : host.group(2));
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /// The same with another password.
    public PostgresAddress withPassword(String password) {
        return new PostgresAddress(hosts, database, parameters, userOrNone, password);
    }

    /// The same with another database on the server.
    public PostgresAddress withDatabase(String other) {
        return new PostgresAddress(hosts, other, parameters, userOrNone, passwordOrNone);
    }

    String jdbcUrl() {
        var isOne = hosts.indexOf(',') < 0 || parameters.contains("targetServerType=");
        var all = Stream.of(parameters, isOne ? "" : PRIMARY)
                .filter(one -> !one.isEmpty())
                .collect(Collectors.joining("&"));
        return "jdbc:postgresql://" + hosts + "/" + database + (all.isEmpty() ? "" : "?" + all);
    }

    @Override
    public String toString() {
        return "postgresql://" + hosts + "/" + database;
    }
}
