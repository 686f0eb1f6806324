package waybill.server.rest;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import waybill.access.Principal;
import waybill.server.dialect.Report;

/// Takes where drivers say they are, from whichever way they say it.
@FunctionalInterface
public interface Positions {

    /// Why nothing of it was taken.
    ///
    /// @param code `forbidden`, `invalid` or `too_large`
    record Refusal(String code, String message, @Nullable String field) {}

    /// Judges, remembers and tells them. Empty when they were taken, all of them. Keeps nobody waiting.
    CompletionStage<Optional<Refusal>> report(Principal driver, List<Report> reports);
}
