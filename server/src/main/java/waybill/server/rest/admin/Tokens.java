package waybill.server.rest.admin;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import waybill.access.Action;
import waybill.access.Principal;
import waybill.access.Relation;
import waybill.access.Role;
import waybill.access.UserId;
import waybill.server.identity.Grant;
import waybill.server.identity.TokenVerifier;
import waybill.server.rest.contract.JsonInput;
import waybill.server.rest.contract.Problem;
import waybill.server.rest.http.ApiRequest;
import waybill.server.rest.http.ApiResponse;
import waybill.server.rest.http.Authorization;
import waybill.server.rest.http.JsonWriter;
import waybill.server.rest.http.OperationHandlers;
import waybill.server.rest.http.RequestAction;

/// Tokens: issued in development mode, and revoked in both modes.
public final class Tokens implements OperationHandlers {

    private final TokenVerifier tokenVerifier;

    public Tokens(TokenVerifier tokenVerifier) {
        this.tokenVerifier = tokenVerifier;
    }

    @Override
    public Map<String, RequestAction.Handler> operations() {
        return Map.of(
                "issueToken", this::issue,
                "revokeUser", this::revoke);
    }

    public RequestAction issue(ApiRequest call) {
        var issuer = tokenVerifier
                .issuer()
                .orElseThrow(
                        () -> Problem.notFound(
                                "tokens: none are issued here (expected: one of the issuer that the hub is configured to trust)"));
        var body = call.body();
        var grant = new Grant(
                principal(body),
                body.number("expiresInSeconds").map(Duration::ofSeconds).orElse(Grant.EXPIRES_IN_DEFAULT));
        var token = issuer.issue(grant);
        return new RequestAction.Immediate(ApiResponse.created(JsonWriter.object(json -> {
            json.writeStringField("token", token);
            json.writeStringField("expiresAt", JsonWriter.time(call.receivedAt().plus(grant.expiresIn())));
        })));
    }

    private static Principal principal(JsonInput body) {
        var role = Role.parse(body.text("role")).orElseThrow();
        var store = body.find("store");
        if (store.isPresent() && role != Role.MERCHANT) {
            throw Problem.invalid("store", "store: given (expected: none, since only a merchant has one)");
        }
        return new Principal(
                body.text("userId"),
                role,
                body.find("name").orElse(null),
                body.find("phone").orElse(null),
                role == Role.MERCHANT ? store.orElse(body.text("userId")) : null,
                body.find("email").orElse(null),
                body.find("locale").orElse(null));
    }

    public RequestAction revoke(ApiRequest call) {
        Authorization.require(call.principal(), Action.REVOKE_USER, Relation.NONE, "tokens of a user");
        var id = call.text("id");
        var role = call.find("role").flatMap(Role::parse);
        var roles = role.map(Set::of).orElseGet(() -> EnumSet.allOf(Role.class));
        var users = roles.stream().map(one -> new UserId(one, id)).collect(Collectors.toUnmodifiableSet());
        var at = call.receivedAt();
        return new RequestAction.Async(tokenVerifier
                .revocations()
                .revoke(users, at)
                .thenApply(_ -> ApiResponse.ok(JsonWriter.object(json -> {
                    json.writeStringField("userId", id);
                    JsonWriter.text(json, "role", role.map(Role::wireName));
                    json.writeStringField("revokedUntil", JsonWriter.time(at));
                }))));
    }
}
