package waybill.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import waybill.server.rest.link.LinkSettings;

/// The address of a link is never chosen by a client's `Host`.
class LinkBaseUrlTest {

    private static final Set<String> ORIGINS =
            Set.of("https://shop.example", "http://plain.example:8080", "https://*.stores.example");

    @ParameterizedTest
    @CsvSource({
        "localhost:9001, http://localhost:9001",
        "127.0.0.1:9001, http://127.0.0.1:9001",
        "[::1]:9001, http://[::1]:9001",
        "hub.localhost, http://hub.localhost",
        "shop.example, https://shop.example",
        "SHOP.example, https://shop.example",
        "plain.example:8080, http://plain.example:8080",
        "evil.example, ''",
        "shop.example.evil.example, ''",
        "shop.example@evil.example, ''",
        "localhost/../evil, ''",
        "a.stores.example, ''",
        "'', ''"
    })
    void theHostOfARequestCountsIfItIsAllowed(String host, String expected) {
        assertThat(new LinkBaseUrl(LinkSettings.defaults(), ORIGINS, "http").apply(Optional.of(host)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"localhost:9001", "evil.example", "''"})
    void aConfiguredAddressCountsWhateverTheHost(String host) {
        var settings = LinkSettings.defaults().withPublicUrl("https://track.example/hub/");
        assertThat(new LinkBaseUrl(settings, ORIGINS, "http").apply(Optional.of(host)))
                .isEqualTo("https://track.example/hub");
    }

    @Test
    void aHubWithTlsOfItsOwnIsReachedByHttps() {
        assertThat(new LinkBaseUrl(LinkSettings.defaults(), ORIGINS, "https").apply(Optional.of("localhost:9001")))
                .isEqualTo("https://localhost:9001");
    }
}
