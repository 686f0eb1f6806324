package waybill.socketio.netty;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecurringTest {

    private final Recurring texts = new Recurring();

    @Test
    void equalTextsAreOne() {
        var first = texts.of(copy("host\nlocalhost\n"));
        assertThat(texts.of(copy("host\nlocalhost\n"))).isSameAs(first);
    }

    @Test
    void textsThatFallOnOnePlaceAreToldApart() {
        assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());
        assertThat(texts.of("Aa")).isEqualTo("Aa");
        assertThat(texts.of("BB")).isEqualTo("BB");
        assertThat(texts.of("Aa")).isEqualTo("Aa");
    }

    private static String copy(String text) {
        return String.valueOf(text.toCharArray());
    }
}
