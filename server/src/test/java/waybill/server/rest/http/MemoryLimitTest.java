package waybill.server.rest.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryLimitTest {

    private final MemoryLimit memory = new MemoryLimit(20, 10);

    private MemoryLimit.Lease holding(String caller, long characters) {
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
        assertThat(memory.held()).isEqualTo(18);
    }

    @Test
    void whatIsReleasedTwiceOrAfterItsClientIsGoneCountsOnce() {
        var gone = memory.lease("kari");
        gone.release();
        gone.hold(10);
        assertThat(memory.held()).isZero();
        var read = holding("kari", 10);
        read.release();
        read.release();
        assertThat(memory.held()).isZero();
        assertThat(memory.lease("kari").hasRoom()).isTrue();
    }

    @Test
    void aBodyNeverGoesBeyondTheLimit() {
        var body = memory.lease("kari");
        assertThat(body.tryHold(8)).isTrue();
        assertThat(body.tryHold(3)).isFalse();
        assertThat(body.tryHold(2)).isTrue();
        assertThat(memory.lease("ola").tryHold(10)).isTrue();
        assertThat(memory.lease("per").tryHold(1)).isFalse();
        body.release();
        assertThat(memory.held()).isEqualTo(10);
        assertThat(memory.lease("per").tryHold(10)).isTrue();
    }
}
