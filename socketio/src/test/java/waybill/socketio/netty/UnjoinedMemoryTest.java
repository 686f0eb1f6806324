package waybill.socketio.netty;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnjoinedMemoryTest {

    private static final int SMALL = 32 * 1024;

    private final UnjoinedMemory memory = new UnjoinedMemory(10 * SMALL);

    @Test
    void halfTheMemoryIsReservedForSmallHolders() {
        var greedy = memory.newReservation();
        assertThat(greedy.grow(5 * SMALL)).isTrue();
        assertThat(greedy.grow(1)).isFalse();
        for (int i = 0; i < 5; i++) {
            assertThat(memory.newReservation().grow(SMALL)).isTrue();
        }
        assertThat(memory.newReservation().grow(1)).isFalse();
        assertThat(memory.bytes()).isEqualTo(10 * SMALL);
    }

    @Test
    void releasedMemoryIsReusable() {
        var one = memory.newReservation();
        assertThat(one.grow(5 * SMALL)).isTrue();
        one.shrink(SMALL);
        assertThat(memory.bytes()).isEqualTo(4 * SMALL);
        one.release();
        one.release();
        one.shrink(7);
        assertThat(memory.bytes()).isZero();
        assertThat(memory.newReservation().grow(5 * SMALL)).isTrue();
    }
}
