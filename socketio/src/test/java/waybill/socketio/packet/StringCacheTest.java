package waybill.socketio.packet;

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

    @Test
    void equalPartsAreShared() {
        var name = texts.substring("[\"driver:location\",1]", 2, 17);
        assertThat(name).isEqualTo("driver:location");
        assertThat(texts.substring("/realtime,[\"driver:location\"]", 12, 27)).isSameAs(name);
    }

    @Test
    void collidingPartsAreDistinguished() {
        assertThat(texts.substring("-order:placed-", 1, 13)).isEqualTo("order:placed");
        assertThat(texts.substring("-ordor:placed-", 1, 13)).isEqualTo("ordor:placed");
        assertThat(texts.substring("-order:placed-", 1, 13)).isEqualTo("order:placed");
        assertThat(texts.substring("-order:placed-", 1, 12)).isEqualTo("order:place");
        assertThat(texts.substring("-order:placed-", 1, 1)).isEmpty();
    }

    @Test
    void aLongPartIsNotCached() {
        var text = "x".repeat(StringCache.PART_MAX + 2);
        assertThat(texts.substring(text, 0, StringCache.PART_MAX + 1))
                .isEqualTo("x".repeat(StringCache.PART_MAX + 1))
                .isNotSameAs(texts.substring(text, 0, StringCache.PART_MAX + 1));
    }

    private static String copy(String text) {
        return String.valueOf(text.toCharArray());
    }
}
