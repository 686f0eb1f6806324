package waybill.socketio.netty;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnjoinedMemoryTest {

    private static final int LITTLE = 32 * 1024;

    private final UnjoinedMemory memory = new UnjoinedMemory(10 * LITTLE);

    @Test
    void thoseThatHoldMuchLeaveHalfToThoseThatHoldLittle() {
        var greedy = memory.holding();
        assertThat(greedy.grow(5 * LITTLE)).isTrue();
        assertThat(greedy.grow(1)).isFalse();
        for (int i = 0; i < 5; i++) {
            assertThat(memory.holding().grow(LITTLE)).isTrue();
        }
        assertThat(memory.holding().grow(1)).isFalse();
        assertThat(memory.bytes()).isEqualTo(10 * LITTLE);
    }

    @Test
    void whatIsGivenBackIsThereForOthers() {
        var one = memory.holding();
        assertThat(one.grow(5 * LITTLE)).isTrue();
        one.shrink(LITTLE);
        assertThat(memory.bytes()).isEqualTo(4 * LITTLE);
        one.release();
        one.release();
        one.shrink(7);
        assertThat(memory.bytes()).isZero();
        assertThat(memory.holding().grow(5 * LITTLE)).isTrue();
    }
}
