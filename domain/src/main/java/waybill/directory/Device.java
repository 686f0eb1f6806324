package waybill.directory;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.access.UserId;

/// A phone or browser of a user that takes push messages.
///
/// @param token what identifies it: the token of its platform, or the endpoint of its subscription
/// @param subscriptionOrNone the subscription of a browser that takes Web Push; an app has none
/// @param localeOrNone the language of its messages
public record Device(
        String token,
        UserId user,
        String platform,
        Instant registeredAt,
        @Nullable WebSubscription subscriptionOrNone,
        @Nullable String localeOrNone) {

    /// An app, in the language of its user.
    public Device(String token, UserId user, String platform, Instant registeredAt) {
        this(token, user, platform, registeredAt, null, null);
    }

    public Optional<WebSubscription> subscription() {
        return Optional.ofNullable(subscriptionOrNone);
    }

    public Optional<String> locale() {
        return Optional.ofNullable(localeOrNone);
    }
}
