package waybill.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrustedProxiesTest {

    private static final TrustedProxies PROXIES =
            TrustedProxies.of(List.of("10.0.0.0/8", "192.0.2.7", "2001:db8::/33"), false);

    @Test
    void forwardedHeadersOfUntrustedPeersAreIgnored() {
        assertThat(client("203.0.113.9", "198.51.100.1")).isEqualTo("203.0.113.9");
        assertThat(TrustedProxies.NONE.client(address("127.0.0.1"), List.of("198.51.100.1")))
                .isEqualTo(address("127.0.0.1"));
    }

    @Test
    void theClientIsTheLastAddressThatIsNoTrustedProxy() {
        assertThat(client("10.1.2.3", "198.51.100.1")).isEqualTo("198.51.100.1");
        assertThat(client("10.1.2.3", "1.1.1.1, 198.51.100.1")).isEqualTo("198.51.100.1");
        assertThat(client("10.1.2.3", "1.1.1.1", "198.51.100.1, 192.0.2.7,10.9.9.9"))
                .isEqualTo("198.51.100.1");
        assertThat(client("192.0.2.7", "2001:db8:8000::5")).isEqualTo("2001:db8:8000:0:0:0:0:5");
        assertThat(client("192.0.2.8", "198.51.100.1")).isEqualTo("192.0.2.8");
    }

    @Test
    void whereOnlyProxiesAreNamedItIsTheFirstOfThem() {
        assertThat(client("10.1.2.3")).isEqualTo("10.1.2.3");
        assertThat(client("10.1.2.3", "10.0.0.9, 10.0.0.8")).isEqualTo("10.0.0.9");
    }

    @Test
    void aPortBehindTheAddressIsPassedOver() {
        assertThat(client("10.1.2.3", "198.51.100.1:5000")).isEqualTo("198.51.100.1");
        assertThat(client("10.1.2.3", "[2001:db8:8000::5]:5000")).isEqualTo("2001:db8:8000:0:0:0:0:5");
        assertThat(client("10.1.2.3", "::ffff:198.51.100.1")).isEqualTo("198.51.100.1");
    }

    @Test
    void invalidForwardedAddressesAreIgnored() {
        for (var nonsense : List.of("unknown", "", " ", "evil.example", "1.2.3.4.5", "_hidden", "[::1")) {
            assertThat(client("10.1.2.3", nonsense)).as(nonsense).isEqualTo("10.1.2.3");
            assertThat(client("10.1.2.3", "1.1.1.1, " + nonsense)).as(nonsense).isEqualTo("10.1.2.3");
        }
    }

    @Test
    void aVeryLongHeaderIsLookedAtFromItsEndAlone() {
        assertThat(client("10.1.2.3", "198.51.100.1" + ", 10.0.0.1".repeat(1_000)))
                .isEqualTo("10.0.0.1");
    }

    @Test
    void ipv6IsCountedByThe64BitsThatOneCustomerHas() {
        assertThat(seen("2001:db8:8000:1:2:3:4:5", Map.of()).network())
                .isEqualTo(seen("2001:db8:8000:1:ffff::", Map.of()).network())
                .isEqualTo("2001:db8:8000:1:0:0:0:0/64");
        assertThat(seen("2001:db8:8000:2::", Map.of()).network())
                .isNotEqualTo(seen("2001:db8:8000:1::", Map.of()).network());
        assertThat(seen("198.51.100.1", Map.of()).network()).isEqualTo("198.51.100.1");
    }

    @Test
    void aProxyOnThisMachineIsNotThisMachine() {
        assertThat(seen("127.0.0.1", Map.of()).isLocal()).isTrue();
        assertThat(seen("::1", Map.of()).isLocal()).isTrue();
        assertThat(seen("198.51.100.1", Map.of()).isLocal()).isFalse();
        for (var header : List.of("x-forwarded-for", "forwarded", "via", "x-real-ip", "x-forwarded-proto")) {
            assertThat(seen("127.0.0.1", Map.of(header, "x")).isLocal())
                    .as(header)
                    .isFalse();
        }
        var local = TrustedProxies.of(List.of("127.0.0.0/8"), false);
        assertThat(local.clientAddress(address("127.0.0.1"), _ -> null).isLocal())
                .isFalse();
    }

    @Test
    void whatIsNoNetworkIsNotTaken() {
        for (var nonsense :
                List.of("", "localhost", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "::/129", "10.0.0.0/a")) {
            assertThatThrownBy(() -> TrustedProxies.of(List.of(nonsense), false))
                    .as(nonsense)
                    .hasMessage(
                            "trusted-proxy: " + nonsense + " (expected: an address or a network such as 10.0.0.0/8)");
        }
        assertThatThrownBy(() -> TrustedProxies.of(List.of(), true)).hasMessageStartingWith("proxy-protocol: given");
    }

    private static ClientAddress seen(String client, Map<String, String> headers) {
        return PROXIES.clientAddress(address(client), headers::get);
    }

    private static String client(String peer, String... forwardedFor) {
        return PROXIES.client(address(peer), List.of(forwardedFor)).getHostAddress();
    }

    private static InetAddress address(String text) {
        return InetAddress.ofLiteral(text);
    }
}
