package waybill.server.socket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UserTokenBucketsTest {

    @Test
    void eachUserHasItsOwn() {
        var buckets = new UserTokenBuckets(2);
        assertThat(buckets.take("kari", 0)).isTrue();
        assertThat(buckets.take("kari", 0)).isTrue();
        assertThat(buckets.take("kari", 0)).isFalse();
        assertThat(buckets.retryAfterMs("kari")).isEqualTo(500);
        assertThat(buckets.take("ola", 0)).isTrue();
        assertThat(buckets.take("kari", 500)).isTrue();
    }

    @Test
    void noLimitIsNoLimit() {
        var buckets = new UserTokenBuckets(0);
        for (var i = 0; i < 10_000; i++) {
            assertThat(buckets.take("kari", 0)).isTrue();
        }
    }

    @Test
    void theUserThatDidNothingForLongestIsForgotten() {
        var buckets = new UserTokenBuckets(1);
        buckets.take("first", 0);
        buckets.take("second", 0);
        buckets.take("first", 0);
        for (var i = 0; i < UserTokenBuckets.REMEMBERED_MAX - 1; i++) {
            buckets.take("user " + i, 0);
        }
        assertThat(buckets.take("first", 0)).isFalse();
        assertThat(buckets.take("second", 0)).isTrue();
    }
}
