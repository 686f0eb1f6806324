package waybill.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import waybill.server.identity.Verification.Rejected;
import waybill.server.identity.Verification.Verified;

/// When the keys of a provider are requested, and what its tokens get meanwhile.
class JwksFetchTest extends JwksScenario {

    @Test
    void aNewKeyIsFetchedWhenATokenNamesIt() {
        var first = TestJwksProvider.ec("k1");
        var second = TestJwksProvider.ec("k2");
        publishes(first);
        provider.publish(second);
        time.advance(JwksVerifier.FETCH_EVERY);
        assertThat(verified(second.token(KARI))).isInstanceOf(Verified.class);
        time.advance(JwksVerifier.FETCH_EVERY);
        assertThat(verified(first.token(KARI))).isInstanceOf(Rejected.class);
    }

    @Test
    void madeUpKeysCauseOneRequestInAWhile() {
        publishes(TestJwksProvider.ec("k1"));
        var before = provider.requests();
        time.advance(JwksVerifier.FETCH_EVERY);
        var stranger = TestJwksProvider.ec("k2");
        for (var run = 0; run < 100; run++) {
            assertThat(verified(stranger.token("made-up-" + run, KARI))).isInstanceOf(Rejected.class);
        }
        assertThat(provider.requests() - before).isEqualTo(1);
    }

    @Test
    void manyTokensWaitForOneRequest() {
        publishes(TestJwksProvider.ec("k1"));
        var before = provider.requests();
        var second = TestJwksProvider.ec("k2");
        provider.publish(second);
        var open = provider.delayRequests();
        time.advance(JwksVerifier.FETCH_EVERY);
        var waiting = IntStream.range(0, 100)
                .mapToObj(_ ->
                        tokenVerifier.verify(Optional.of(second.token(KARI))).toCompletableFuture())
                .toList();
        assertThat(waiting).noneMatch(one -> one.isDone());
        open.countDown();
        for (var one : waiting) {
            assertThat(one.orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join()).isInstanceOf(Verified.class);
        }
        assertThat(provider.requests() - before).isEqualTo(1);
    }

    @Test
    void aTokenOverTheWaitingLimitGetsUnavailable() {
        publishes(TestJwksProvider.ec("k1"));
        var second = TestJwksProvider.ec("k2");
        provider.publish(second);
        var open = provider.delayRequests();
        time.advance(JwksVerifier.FETCH_EVERY);
        var token = Optional.of(second.token(KARI));
        var waiting = IntStream.range(0, JwksVerifier.WAITING_MAX)
                .mapToObj(_ -> tokenVerifier.verify(token).toCompletableFuture())
                .toList();
        assertThat(tokenVerifier.verify(token).toCompletableFuture().resultNow())
                .isEqualTo(Rejected.unavailable("keys of the provider: " + JwksVerifier.WAITING_MAX
                        + " tokens wait for them already (expected: try again later)"));
        open.countDown();
        assertThat(waiting.getFirst()
                        .orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                        .join())
                .isInstanceOf(Verified.class);
        assertThat(verified(token.orElseThrow())).as("the same token, later").isInstanceOf(Verified.class);
    }

    @Test
    void cachedKeysAreUsedWithoutARequestAndThroughAnOutage() {
        var pair = TestJwksProvider.ec("k1");
        publishes(pair);
        var before = provider.requests();
        assertThat(verified(pair.token(KARI))).isInstanceOf(Verified.class);
        assertThat(provider.requests()).isEqualTo(before);
        provider.fail();
        time.advance(JwksVerifier.USABLE_FOR.minusSeconds(1));
        assertThat(verified(pair.token(KARI))).isInstanceOf(Verified.class);
        time.advance(Duration.ofDays(1));
        assertThat(verified(pair.token(KARI)))
                .isEqualTo(Rejected.unavailable("keys of the provider: not at hand (expected: try again later)"));
        provider.publish(pair);
        time.advance(JwksVerifier.FETCH_EVERY);
        assertThat(verified(pair.token(KARI))).isInstanceOf(Verified.class);
    }

    @Test
    void aNewKeyUnderAnOldNameIsFetchedWhenASignatureFitsNone() {
        var first = TestJwksProvider.ec("k1");
        var second = TestJwksProvider.ec("k1");
        publishes(first);
        provider.publish(second);
        time.advance(JwksVerifier.FETCH_EVERY);
        assertThat(verified(second.token(KARI))).isInstanceOf(Verified.class);
    }

    @Test
    void invalidSignaturesCauseOneFetchPerInterval() {
        var pair = TestJwksProvider.ec("k1");
        publishes(pair);
        var before = provider.requests();
        time.advance(JwksVerifier.FETCH_EVERY);
        for (var run = 0; run < 100; run++) {
            assertThat(verified(spoiled(pair.token(KARI)))).isEqualTo(Rejected.unauthenticated(Signatures.FORGED));
        }
        assertThat(provider.requests() - before).isEqualTo(1);
    }

    @Test
    void aProviderThatStallsInItsAnswerIsAskedAgain() {
        var pair = TestJwksProvider.ec("k1");
        provider.publish(pair);
        var rest = provider.stallResponses();
        try (var keys = new JwksVerifier(provider.jwks(), time, Duration.ofMillis(50))) {
            var token = parsed(pair.token(KARI));
            assertThat(keys.verifySignature(token).toCompletableFuture())
                    .failsWithin(Duration.ofSeconds(TIMEOUT_SECONDS))
                    .withThrowableThat()
                    .withMessageContaining("not at hand");
            var before = provider.requests();
            time.advance(JwksVerifier.FETCH_EVERY);
            assertThat(keys.verifySignature(token).toCompletableFuture())
                    .failsWithin(Duration.ofSeconds(TIMEOUT_SECONDS));
            assertThat(provider.requests()).isGreaterThan(before);
            rest.countDown();
        }
    }

    @Test
    void aKeyThatIsNoLongerPublishedIsGoneWhenTheKeysAreOld() {
        var gone = TestJwksProvider.ec("k1");
        publishes(gone, TestJwksProvider.ec("k2"));
        provider.publish(TestJwksProvider.ec("k2"));
        time.advance(JwksVerifier.FRESH_FOR.plusSeconds(1));
        assertThat(verified(gone.token(KARI))).isInstanceOf(Verified.class); // no request waits for fresh keys
        verified(TestJwksProvider.ec("unknown").token(KARI)); // an unknown key waits for the request under way
        assertThat(verified(gone.token(KARI))).isInstanceOf(Rejected.class);
    }
}
