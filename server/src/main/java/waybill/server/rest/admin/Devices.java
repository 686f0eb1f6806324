package waybill.server.rest.admin;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.access.Action;
import waybill.access.Relation;
import waybill.directory.Device;
import waybill.directory.WebSubscription;
import waybill.server.push.WebPush;
import waybill.server.rest.contract.JsonInput;
import waybill.server.rest.contract.Problem;
import waybill.server.rest.http.ApiRequest;
import waybill.server.rest.http.ApiResponse;
import waybill.server.rest.http.Authorization;
import waybill.server.rest.http.JsonWriter;
import waybill.server.rest.http.OperationHandlers;
import waybill.server.rest.http.RequestAction;
import waybill.server.rest.http.RestSettings;
import waybill.server.rest.http.WriteResponse;

/// The devices that take push messages: apps, and browsers with a subscription of their own.
public final class Devices implements OperationHandlers {

    private final RestSettings settings;
    private final Optional<String> webPushKey;
    private final EndpointCheck endpoints;

    /// Tests whether the hub may send to an endpoint that a browser named.
    @FunctionalInterface
    public interface EndpointCheck {

        /// What is wrong with it, if anything.
        Optional<String> problem(String endpoint);
    }

    /// @param webPushKey the public key with which browsers subscribe; empty when the hub does not send Web Push
    public Devices(RestSettings settings, Optional<String> webPushKey, EndpointCheck endpoints) {
        this.settings = settings;
        this.webPushKey = webPushKey;
        this.endpoints = endpoints;
    }

    @Override
    public Map<String, RequestAction.Handler> operations() {
        return Map.of(
                "registerDevice", this::registerDevice,
                "forgetDevice", this::deleteDevice,
                "showWebPushKey", this::showWebPushKey);
    }

    public RequestAction showWebPushKey(ApiRequest call) {
        Authorization.require(call.principal(), Action.REGISTER_DEVICE, Relation.NONE, "devices");
        var key = webPushKey.orElseThrow(() -> Problem.notFound(
                "Web Push: off at this hub (expected: a hub that was started with --web-push-contact)"));
        return new RequestAction.Immediate(
                ApiResponse.ok(JsonWriter.object(json -> json.writeStringField("publicKey", key))));
    }

    public RequestAction registerDevice(ApiRequest call) {
        Authorization.require(call.principal(), Action.REGISTER_DEVICE, Relation.NONE, "devices");
        var device = device(call);
        return new RequestAction.Write(List.of(), work -> {
            work.save(device, settings.devicesMax());
            return WriteResponse.ofSuccess(_ -> ApiResponse.created(JsonWriter.object(json -> {
                json.writeStringField("token", device.token());
                json.writeStringField("platform", device.platform());
                JsonWriter.text(json, "locale", device.locale());
                json.writeStringField("registeredAt", JsonWriter.time(device.registeredAt()));
            })));
        });
    }

    private Device device(ApiRequest call) {
        var body = call.body();
        var platform = body.text("platform");
        var subscription = body.find("subscription").isPresent() ? subscription(body, platform) : null;
        return new Device(
                token(body, subscription),
                call.principal().user(),
                platform,
                call.receivedAt(),
                subscription,
                body.find("locale").orElse(null));
    }

    private static String token(JsonInput body, @Nullable WebSubscription subscriptionOrNone) {
        var token = body.find("token");
        if (subscriptionOrNone == null) {
            return token.orElseThrow(() -> Problem.invalid(
                    "token", "token: missing (expected: the token of an app, or the subscription of a browser)"));
        }
        if (token.filter(given -> !given.equals(subscriptionOrNone.endpoint())).isPresent()) {
            throw Problem.invalid("token", "token: given with a subscription (expected: one of them)");
        }
        return subscriptionOrNone.endpoint();
    }

    private WebSubscription subscription(JsonInput body, String platform) {
        if (!platform.equals("web")) {
            throw Problem.invalid("subscription", "subscription: given by " + platform + " (expected: by web)");
        }
        var json = body.child("subscription");
        var subscription = new WebSubscription(
                json.text("endpoint"),
                json.child("keys").text("p256dh"),
                json.child("keys").text("auth"));
        endpoints.problem(subscription.endpoint()).ifPresent(problem -> {
            throw Problem.invalid("subscription.endpoint", "subscription.endpoint: " + problem);
        });
        try {
            WebPush.requireValid(subscription);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("subscription.keys", "subscription.keys." + e.getMessage());
        }
        return subscription;
    }

    public RequestAction deleteDevice(ApiRequest call) {
        Authorization.require(call.principal(), Action.REGISTER_DEVICE, Relation.NONE, "devices");
        var token = call.text("token");
        return new RequestAction.Write(
                List.of(),
                work -> WriteResponse.of(
                        work.deleteDevice(call.principal().user(), token)
                                ? ApiResponse.noContent()
                                : ApiResponse.of(Problem.notFound(
                                        "device: not one of yours (expected: one that you have registered)"))));
    }
}
