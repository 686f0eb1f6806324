package waybill.bench.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionMessageTest {

    @Test
    void theViewersReceiveThePositionOfTheDriver() {
        var position = PositionMessage.parse("""
                {"orderId":"a\\"1","latitude":-90,"longitude":180.0,"heading":0,"speed":42.5,"more":[{"speed":8}]}""");
        assertThat(position.orElseThrow().update("d", 9)).isEqualTo("""
                {"orderId":"a\\"1","latitude":-90.0,"longitude":180.0,"heading":0.0,"speed":42.5,"driverId":"d","timestamp":9}""");
        assertThat(position.orElseThrow().acknowledgement(9)).isEqualTo("""
                {"orderId":"a\\"1","timestamp":9}""");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "null",
                "[]",
                "{\"orderId\":",
                "{\"latitude\":1,\"longitude\":1,\"heading\":1,\"speed\":1}",
                "{\"orderId\":\"a\",\"latitude\":91,\"longitude\":1,\"heading\":1,\"speed\":1}",
                "{\"orderId\":\"a\",\"latitude\":1,\"longitude\":\"1\",\"heading\":1,\"speed\":1}",
                "{\"orderId\":\"a\",\"latitude\":1,\"longitude\":1,\"heading\":-1,\"speed\":1}",
                "{\"orderId\":\"a\",\"latitude\":1,\"longitude\":1,\"heading\":1,\"speed\":-1}",
                "{\"orderId\":\"a\",\"latitude\":1,\"longitude\":1,\"heading\":1}"
            })
    void anIncompletePositionIsRejected(String json) {
        assertThat(PositionMessage.parse(json)).isEmpty();
    }
}
