package waybill.server.rest.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResponseMemoryLimitTest {

    private final ResponseMemoryLimit memory = new ResponseMemoryLimit(20, 10);

    private ResponseMemoryLimit.Lease holding(String caller, long characters) {
        var lease = memory.lease(caller);
        assertThat(lease.hasRoom()).isTrue();
        lease.hold(characters);
        return lease;
    }

    @Test
    void aCallerThatReadsNothingIsSentNoMore() {
        holding("kari", 4);
        var second = holding("kari", 8);
        assertThat(memory.lease("kari").hasRoom()).isFalse();
        assertThat(memory.lease("ola").hasRoom()).isTrue();
        second.release();
        assertThat(memory.lease("kari").hasRoom()).isTrue();
    }

    @Test
    void allTogetherHoldNoMoreThanTheLimitAndOneResponse() {
        holding("kari", 9);
        holding("ola", 9);
        var third = holding("per", 9);
        assertThat(memory.lease("liv").hasRoom()).isFalse();
        third.release();
        assertThat(memory.lease("liv").hasRoom()).isTrue();
        assertThat(memory.characters()).isEqualTo(18);
    }

    @Test
    void whatIsReleasedTwiceOrAfterItsClientIsGoneCountsOnce() {
        var gone = memory.lease("kari");
        gone.release();
        gone.hold(10);
        assertThat(memory.characters()).isZero();
        var read = holding("kari", 10);
        read.release();
        read.release();
        assertThat(memory.characters()).isZero();
        assertThat(memory.lease("kari").hasRoom()).isTrue();
    }
}
