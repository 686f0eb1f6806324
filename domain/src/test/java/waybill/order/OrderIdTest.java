package waybill.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderIdTest {

    private static final String TEXT = "0192f0a1-7c3d-7e11-8abc-0123456789af";

    @Test
    void parsesItsOwnText() {
        assertThat(OrderId.parse(TEXT)).contains(new OrderId(UUID.fromString(TEXT)));
        assertThat(OrderId.parse(TEXT).orElseThrow()).hasToString(TEXT);
    }

    @Test
    void hasTheSameTextHoweverItWasSpelled() {
        assertThat(OrderId.parse("0192F0A1-7C3D-7E11-8ABC-0123456789AF").orElseThrow())
                .isEqualTo(new OrderId(UUID.fromString(TEXT)))
                .hasToString(TEXT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1-2-3-4-5",
                "0192f0a1-7c3d-7e11-8abc-0123456789a",
                "0192f0a1-7c3d-7e11-8abc-0123456789af0",
                "0192f0a17-c3d-7e11-8abc-0123456789af",
                "+192f0a1-7c3d-7e11-8abc-0123456789af",
                "0192f0a1-7c3d-7e11-8abc-0123456789ag",
                "\uff10192f0a1-7c3d-7e11-8abc-0123456789af",
                "{192f0a1-7c3d-7e11-8abc-0123456789af",
            })
    void refusesOtherTexts(String text) {
        assertThat(OrderId.parse(text)).isEmpty();
    }
}
