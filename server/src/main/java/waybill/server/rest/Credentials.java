package waybill.server.rest;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import waybill.access.Action;
import waybill.access.Principal;
import waybill.access.Relation;
import waybill.access.Role;
import waybill.access.UserId;
import waybill.server.identity.Grant;

/// Tokens: handed out in development mode, and made worthless in any.
final class Credentials {

    private final RestServices services;

    Credentials(RestServices services) {
        this.services = services;
    }

    Doing issue(Call call) {
        var issuer = services.identity()
                .issuer()
                .orElseThrow(
                        () -> Problem.notFound(
                                "tokens: none are issued here (expected: one of the issuer that the hub is configured to trust)"));
        var body = call.body();
        var grant = new Grant(
                principal(body),
                body.number("expiresInSeconds").map(Duration::ofSeconds).orElse(Grant.EXPIRES_IN_DEFAULT));
        var token = issuer.issue(grant);
        return new Doing.Said(Reply.created(Json.object(json -> {
            json.writeStringField("token", token);
            json.writeStringField("expiresAt", Json.time(call.receivedAt().plus(grant.expiresIn())));
        })));
    }

    private static Principal principal(Given body) {
        var role = Role.of(body.text("role")).orElseThrow();
        var store = body.find("store");
        if (store.isPresent() && role != Role.MERCHANT) {
            throw Problem.invalid("store", "store: given (expected: none, since only a merchant has one)");
        }
        return new Principal(
                body.text("userId"),
                role,
                body.find("name").orElse(null),
                body.find("phone").orElse(null),
                role == Role.MERCHANT ? store.orElse(body.text("userId")) : null);
    }

    Doing revoke(Call call) {
        Permit.require(call.by(), Action.REVOKE_USER, Relation.NONE, "tokens of a user");
        var id = call.text("id");
        var role = call.find("role").flatMap(Role::of);
        var roles = role.map(Set::of).orElseGet(() -> EnumSet.allOf(Role.class));
        var users = roles.stream().map(one -> new UserId(one, id)).collect(Collectors.toUnmodifiableSet());
        var at = call.receivedAt();
        return new Doing.Awaiting(services.identity()
                .revocations()
                .revoke(users, at)
                .thenApply(_ -> Reply.ok(Json.object(json -> {
                    json.writeStringField("userId", id);
                    Json.text(json, "role", role.map(Role::word));
                    json.writeStringField("revokedUntil", Json.time(at));
                }))));
    }
}
