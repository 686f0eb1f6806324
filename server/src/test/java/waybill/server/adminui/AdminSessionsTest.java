package waybill.server.adminui;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AdminSessionsTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-12-01T12:00:00Z"));
    private final AdminSessions sessions = new AdminSessions(new SecureRandom(), now::get);

    @Test
    void aSessionExpires() {
        var id = sessions.create();
        now.updateAndGet(time -> time.plus(AdminSessions.EXPIRES_AFTER).minus(Duration.ofMillis(1)));
        assertThat(sessions.isValid(id)).isTrue();
        now.updateAndGet(time -> time.plus(Duration.ofMillis(1)));
        assertThat(sessions.isValid(id)).isFalse();
    }

    @Test
    void idsAreLongAndNoTwoAreEqual() {
        var ids = Stream.generate(sessions::create).limit(50).toList();
        assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.matches("[\\w-]{32}"));
        assertThat(sessions.isValid("")).isFalse();
        assertThat(sessions.isValid(ids.getFirst() + "x")).isFalse();
    }

    @Test
    void theOldestSessionEndsWhenThereAreTooMany() {
        var first = sessions.create();
        var ids = Stream.generate(sessions::create)
                .limit(AdminSessions.SESSIONS_MAX)
                .toList();
        assertThat(sessions.isValid(first)).isFalse();
        assertThat(ids).allMatch(sessions::isValid);
    }
}
