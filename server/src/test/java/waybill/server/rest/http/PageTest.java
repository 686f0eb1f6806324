package waybill.server.rest.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PageTest {

    private static Page<Long> page(int limit, long rows, long weight) {
        return Page.read(
                limit,
                (last, max) -> LongStream.rangeClosed(last.orElse(0L) + 1, rows)
                        .limit(max)
                        .boxed()
                        .toList(),
                _ -> weight);
    }

    @Test
    void aPageOfSmallRowsEndsWhereItsLimitIs() {
        assertThat(page(100, 1_000, 1).rows()).hasSize(100);
        assertThat(page(100, 1_000, 1).hasMore()).isTrue();
        assertThat(page(100, 99, 1).rows()).hasSize(99);
        assertThat(page(100, 99, 1).hasMore()).isFalse();
        assertThat(page(100, 0, 1)).isEqualTo(new Page<>(new ArrayList<>(), false));
    }

    @Test
    void aPageOfLargeRowsEndsWhenItIsLargeEnough() {
        assertThat(page(1_000, 1_000, 1 << 20).rows()).hasSize(4);
        assertThat(page(1_000, 1_000, 1 << 20).hasMore()).isTrue();
        assertThat(page(1_000, 1_000, 100 << 20).rows()).hasSize(1);
    }
}
