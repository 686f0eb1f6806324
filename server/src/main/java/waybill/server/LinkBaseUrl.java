package waybill.server;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import waybill.server.rest.link.LinkSettings;

/// The address of the hub for browsers, as it stands in public links: the configured one, or else that of the request.
///
/// A `Host` is text of the client, so only a name of this machine or the host of an allowed origin counts. Of another
/// the address is empty, and a link is relative to wherever the client reaches the hub.
///
/// @param scheme of the hub's own port
record LinkBaseUrl(LinkSettings settings, Set<String> origins, String scheme)
        implements Function<Optional<String>, String> {

    private static final Pattern HOST =
            Pattern.compile("(?:[a-z0-9-]+(?:\\.[a-z0-9-]+)*|\\[[0-9a-f:.]+])(?::\\d{1,5})?");

    @Override
    public String apply(Optional<String> host) {
        return settings.publicUrl()
                .or(() -> host.map(text -> text.toLowerCase(Locale.ROOT))
                        .filter(text -> HOST.matcher(text).matches())
                        .flatMap(this::ofHost))
                .orElse("");
    }

    private Optional<String> ofHost(String host) {
        if (origins.contains("https://" + host)) {
            return Optional.of("https://" + host);
        }
        if (origins.contains("http://" + host)) {
            return Optional.of("http://" + host);
        }
        return LocalHostNames.isLocal(host.replaceFirst(":\\d+$", ""))
                ? Optional.of(scheme + "://" + host)
                : Optional.empty();
    }
}
