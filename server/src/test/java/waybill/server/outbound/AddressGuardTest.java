package waybill.server.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {

    private static final AddressGuard STRICT = new AddressGuard(false, false);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.1.2.3",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.9.9.9",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.192",
                "192.168.1.1",
                "198.18.0.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "[::]",
                "[::1]",
                "[fe80::1]",
                "[fc00::1]",
                "[fd00:ec2::254]",
                "[ff02::1]",
                "[::ffff:127.0.0.1]",
                "[::ffff:a9fe:a9fe]",
                "[::127.0.0.1]",
                "[2001:db8::1]",
                "[2002:7f00:1::]",
                "[64:ff9b::a00:1]",
                "[fec0::1]"
            })
    void anAddressOfAPrivateNetworkIsRefused(String host) {
        var address = PublicAddress.parse(host).orElseThrow();
        assertThat(PublicAddress.isPublic(address)).isFalse();
        assertThat(STRICT.problem("https://" + host + "/")).isPresent();
        assertThat(STRICT.allows(address)).isFalse();
        assertThat(AddressGuard.anywhere().problem("http://" + host + "/")).isEmpty();
        assertThat(AddressGuard.anywhere().allows(address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "100.63.255.255",
                "100.128.0.0",
                "172.15.0.1",
                "172.32.0.1",
                "192.169.0.1",
                "223.255.255.255",
                "[2606:4700::1111]",
                "[2002:101:101::]",
                "[64:ff9b::101:101]"
            })
    void anAddressOfThePublicInternetIsTaken(String host) {
        assertThat(PublicAddress.isPublic(PublicAddress.parse(host).orElseThrow()))
                .isTrue();
        assertThat(STRICT.problem("https://" + host + "/")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com/",
                "ftp://example.com/",
                "example.com",
                "https:///hooks",
                "https://user:secret@example.com/",
                "https://example.com/#a",
                "https://localhost/",
                "https://hub.localhost/1",
                "https:push.example",
                "/1",
                "https://LOCALHOST./",
                "https://hub.internal/",
                "https://printer.local/",
                "https://2130706433/",
                "https://127.1/",
                "https://0x7f.0.0.1/",
                "https://exa mple.com/",
                "https://example.com/\u0000"
            })
    void whatIsNoAddressOfAServerInThePublicInternetIsRefused(String url) {
        assertThat(STRICT.problem(url)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://fcm.googleapis.com/fcm/send/abc:def",
                "https://updates.push.services.mozilla.com/wpush/v2/gAAA",
                "https://web.push.apple.com/QGu"
            })
    void aPushServiceIsTaken(String url) {
        assertThat(STRICT.problem(url)).isEmpty();
    }
}
