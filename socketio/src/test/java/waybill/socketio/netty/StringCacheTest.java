package waybill.socketio.netty;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StringCacheTest {

    private final StringCache texts = new StringCache();

    @Test
    void equalStringsAreShared() {
        var first = texts.intern(copy("host\nlocalhost\n"));
        assertThat(texts.intern(copy("host\nlocalhost\n"))).isSameAs(first);
    }

    @Test
    void collidingStringsAreDistinguished() {
        assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());
        assertThat(texts.intern("Aa")).isEqualTo("Aa");
        assertThat(texts.intern("BB")).isEqualTo("BB");
        assertThat(texts.intern("Aa")).isEqualTo("Aa");
    }

    private static String copy(String text) {
        return String.valueOf(text.toCharArray());
    }
}
