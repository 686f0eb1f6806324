package waybill.outbound;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An address of another system to which events are sent.
///
/// @param events the types that it receives; empty for all
/// @param storeOrNone the store whose events it receives; none for all
/// @param secret signs every request
/// @param retiredOrNone the secret before, which signs beside it for a while
/// @param disabledOrNone why nothing is sent to it
/// @param failingSinceOrNone the first failure since the last success
public record WebhookEndpoint(
        String id,
        String url,
        Set<String> events,
        @Nullable String storeOrNone,
        String description,
        Instant createdAt,
        WebhookSecret secret,
        @Nullable Retired retiredOrNone,
        @Nullable Disabled disabledOrNone,
        @Nullable Instant failingSinceOrNone) {

    /// Endpoints of a hub. One more cannot be created.
    public static final int ENDPOINTS_MAX = 100;

    /// Deliveries of an endpoint that wait to be sent, also again. A further one is a dead letter at once, which a
    /// replay
    /// sends when the endpoint is back.
    public static final int PENDING_MAX = 100_000;

    /// An endpoint that has failed for so long, without a success, is disabled.
    public static final Duration FAILING_MAX = Duration.ofDays(5);

    /// How long a secret signs beside the one that has replaced it.
    public static final Duration RETIRED_SIGNS_FOR = Duration.ofHours(24);

    /// A secret that signs until then.
    public record Retired(WebhookSecret secret, Instant until) {}

    /// Nothing is sent since then.
    public record Disabled(Instant at, String reason) {}

    public WebhookEndpoint {
        events = Set.copyOf(events);
    }

    public boolean isEnabled() {
        return disabledOrNone == null;
    }

    public Optional<Disabled> disabled() {
        return Optional.ofNullable(disabledOrNone);
    }

    public Optional<Instant> failingSince() {
        return Optional.ofNullable(failingSinceOrNone);
    }

    /// The secret before, if it signs still.
    public Optional<Retired> retired(Instant now) {
        return Optional.ofNullable(retiredOrNone).filter(retired -> now.isBefore(retired.until));
    }

    /// Whether it is sent events of that type of that store.
    public boolean receives(String event, Optional<String> store) {
        return isEnabled()
                && (events.isEmpty() || events.contains(event))
                && (storeOrNone == null || store.filter(storeOrNone::equals).isPresent());
    }

    public WebhookEndpoint withTarget(
            String newUrl, Set<String> newEvents, @Nullable String newStore, String newDescription) {
        return new WebhookEndpoint(
                id,
                newUrl,
                newEvents,
                newStore,
                newDescription,
                createdAt,
                secret,
                retiredOrNone,
                disabledOrNone,
                failingSinceOrNone);
    }

    public WebhookEndpoint withSecret(WebhookSecret next, Instant now) {
        return with(next, new Retired(secret, now.plus(RETIRED_SIGNS_FOR)), disabledOrNone, failingSinceOrNone);
    }

    public WebhookEndpoint enable() {
        return with(secret, retiredOrNone, null, null);
    }

    public WebhookEndpoint disable(Instant at, String reason) {
        return with(secret, retiredOrNone, new Disabled(at, reason), failingSinceOrNone);
    }

    public WebhookEndpoint withSuccess() {
        return with(secret, retiredOrNone, disabledOrNone, null);
    }

    /// After a failure: it is disabled if it has failed for too long.
    public WebhookEndpoint withFailure(Instant at) {
        if (failingSinceOrNone == null) {
            return with(secret, retiredOrNone, disabledOrNone, at);
        }
        return isEnabled() && !at.isBefore(failingSinceOrNone.plus(FAILING_MAX))
                ? disable(at, "no success since " + failingSinceOrNone)
                : this;
    }

    private WebhookEndpoint with(
            WebhookSecret newSecret,
            @Nullable Retired retired,
            @Nullable Disabled disabled,
            @Nullable Instant failingSince) {
        return new WebhookEndpoint(
                id, url, events, storeOrNone, description, createdAt, newSecret, retired, disabled, failingSince);
    }
}
