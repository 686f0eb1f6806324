package waybill.server.rest.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.hub.PersonRecorder;
import waybill.hub.refusal.ErrorCode;
import waybill.server.identity.BearerTokens;
import waybill.server.identity.ClientAddress;
import waybill.server.identity.TokenVerifier;
import waybill.server.identity.Verification;
import waybill.server.rest.contract.Operation;
import waybill.server.rest.contract.Problem;

/// Authenticates the caller of a request by its token. Safe from any thread.
public final class RequestAuthenticator {

    /// The principal of a request without a token in development mode.
    private static final Principal DEVELOPER = new Principal("developer", Role.ADMIN, null, null, null);

    private final TokenVerifier tokenVerifier;
    private final Function<HttpServerRequest, ClientAddress> clientAddress;
    private final PersonRecorder people;

    /// @param clientAddress where the client of a request comes from
    public RequestAuthenticator(
            TokenVerifier tokenVerifier,
            Function<HttpServerRequest, ClientAddress> clientAddress,
            PersonRecorder people) {
        this.tokenVerifier = tokenVerifier;
        this.clientAddress = clientAddress;
        this.people = people;
    }

    /// Where the client of a request comes from.
    ClientAddress clientAddress(RoutingContext ctx) {
        return clientAddress.apply(ctx.request());
    }

    /// The caller; empty if the operation needs none, or finds it itself. Fails with a [Problem] if the token is
    /// missing or rejected.
    CompletionStage<Optional<Principal>> authenticate(RoutingContext ctx, Operation operation) {
        var header = Optional.ofNullable(ctx.request().getHeader("authorization"));
        return switch (operation.authRequirement()) {
            case OPEN, TRACKER -> CompletableFuture.completedStage(Optional.empty());
            case OPERATOR ->
                header.isEmpty() && tokenVerifier.config().isDevelopment()
                        ? CompletableFuture.completedStage(Optional.of(DEVELOPER))
                        : verify(ctx, header);
            case TOKEN -> verify(ctx, header);
        };
    }

    private CompletionStage<Optional<Principal>> verify(RoutingContext ctx, Optional<String> header) {
        var sent = header.orElseThrow(() -> Problem.unauthenticated(
                "Authorization: missing (expected: Bearer and a token)", "Bearer realm=\"waybill\""));
        var client = clientAddress(ctx);
        return tokenVerifier.verify(BearerTokens.find(sent), () -> client).thenApply(verification -> {
            var principal = principal(verification);
            people.record(principal);
            return Optional.of(principal);
        });
    }

    private static Principal principal(Verification verification) {
        return switch (verification) {
            case Verification.Verified verified -> verified.principal();
            case Verification.Rejected(var refusal) ->
                throw refusal.code() == ErrorCode.UNAUTHENTICATED
                        ? Problem.unauthenticated(
                                refusal.message(), "Bearer realm=\"waybill\", error=\"invalid_token\"")
                        : Problem.of(refusal);
        };
    }
}
