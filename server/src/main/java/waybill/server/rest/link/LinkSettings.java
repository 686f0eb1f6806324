package waybill.server.rest.link;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.link.TrackingLink;

/// The settings of public links.
///
/// @param publicUrlOrNone the address of the hub by which browsers reach it, without a slash at the end
/// @param expiresIn when a link expires that is created without a time
public record LinkSettings(@Nullable String publicUrlOrNone, Duration expiresIn) {

    public LinkSettings {
        if (expiresIn.compareTo(TrackingLink.LIFE_MIN) < 0 || expiresIn.compareTo(TrackingLink.LIFE_MAX) > 0) {
            throw new IllegalArgumentException("expiresIn: " + expiresIn + " (expected: " + TrackingLink.LIFE_MIN + ".."
                    + TrackingLink.LIFE_MAX + ")");
        }
        if (publicUrlOrNone != null) {
            publicUrlOrNone = requireUrl(publicUrlOrNone);
        }
    }

    public static LinkSettings defaults() {
        return new LinkSettings(null, Duration.ofHours(24));
    }

    public LinkSettings withPublicUrl(@Nullable String value) {
        return new LinkSettings(value, expiresIn);
    }

    public LinkSettings withExpiresIn(Duration value) {
        return new LinkSettings(publicUrlOrNone, value);
    }

    public Optional<String> publicUrl() {
        return Optional.ofNullable(publicUrlOrNone);
    }

    private static String requireUrl(String text) {
        try {
            var uri = new URI(text);
            var isWeb = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            if (isWeb && uri.getHost() != null && uri.getRawQuery() == null && uri.getRawFragment() == null) {
                return text.replaceFirst("/+$", "");
            }
        } catch (URISyntaxException _) {
            // as for any other text
        }
        throw new IllegalArgumentException(
                "publicUrl: " + text + " (expected: an address such as https://track.example)");
    }
}
