package waybill.server.rest.order;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import waybill.server.rest.contract.JsonInput;
import waybill.server.rest.contract.Problem;
import waybill.server.rest.http.ApiRequest;

/// Times to come in the body of a request.
final class TimeInput {

    private static final Duration AHEAD_MAX = Duration.ofDays(30);

    /// Clocks differ.
    private static final Duration BEHIND_MAX = Duration.ofMinutes(1);

    private TimeInput() {}

    /// A time from now on.
    static Optional<Instant> future(JsonInput body, String name, Instant now) {
        return body.find(name).map(text -> {
            var time = ApiRequest.time(name, text);
            if (time.isBefore(now.minus(BEHIND_MAX)) || time.isAfter(now.plus(AHEAD_MAX))) {
                throw Problem.invalid(
                        name,
                        name + ": " + time + " (expected: from now, " + now + ", to " + AHEAD_MAX.toDays()
                                + " days later)");
            }
            return time;
        });
    }
}
