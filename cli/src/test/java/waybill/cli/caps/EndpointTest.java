package waybill.cli.caps;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointTest {

    @ParameterizedTest
    @CsvSource({
        "http://hub:9001, /socket.io/",
        "http://hub:9001/, /socket.io/",
        "https://hub.example/delivery/live/, /delivery/live/",
        "https://hub.example/live, /live"
    })
    void aPathInTheUrlIsThatOfSocketIo(String url, String path) {
        assertThat(Endpoint.withoutToken(URI.create(url)).socketPath()).isEqualTo(path);
    }
}
