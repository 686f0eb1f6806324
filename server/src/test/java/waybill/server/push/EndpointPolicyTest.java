package waybill.server.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointPolicyTest {

    private final EndpointPolicy strict = new EndpointPolicy(false);
    private final EndpointPolicy open = new EndpointPolicy(true);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://localhost/1",
                "https://hub.localhost/1",
                "https://printer.local/1",
                "https://127.0.0.1/1",
                "https://0.0.0.0/1",
                "https://10.1.2.3/1",
                "https://172.16.0.1/1",
                "https://192.168.1.1/1",
                "https://169.254.169.254/1",
                "https://100.64.0.1/1",
                "https://224.0.0.1/1",
                "https://[::1]/1",
                "https://[fe80::1]/1",
                "https://[fc00::1]/1",
                "https://[::ffff:127.0.0.1]/1"
            })
    void anEndpointInAPrivateNetworkIsRejectedUnlessPermitted(String endpoint) {
        assertThat(strict.complaint(URI.create(endpoint))).isPresent();
        assertThat(strict.permits(URI.create(endpoint))).isFalse();
        assertThat(open.complaint(URI.create(endpoint))).isEmpty();
        assertThat(open.permits(URI.create(endpoint))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://push.example/1",
                "ftp://push.example/1",
                "https:push.example",
                "/1",
                "https://user:secret@push.example/1"
            })
    void whatIsNoEndpointIsRejected(String endpoint) {
        assertThat(strict.complaint(URI.create(endpoint))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://fcm.googleapis.com/fcm/send/abc:def",
                "https://updates.push.services.mozilla.com/wpush/v2/gAAA",
                "https://web.push.apple.com/QGu",
                "https://8.8.8.8/1"
            })
    void aPushServiceIsTaken(String endpoint) {
        assertThat(strict.complaint(URI.create(endpoint))).isEmpty();
    }
}
