package waybill.server.rest.tracker;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import waybill.access.Action;
import waybill.access.Relation;
import waybill.access.Role;
import waybill.directory.Directory;
import waybill.directory.Tracker;
import waybill.directory.TrackerKey;
import waybill.hub.position.TrackerKeys;
import waybill.server.rest.contract.Problem;
import waybill.server.rest.http.ApiRequest;
import waybill.server.rest.http.ApiResponse;
import waybill.server.rest.http.Authorization;
import waybill.server.rest.http.JsonWriter;
import waybill.server.rest.http.OperationHandlers;
import waybill.server.rest.http.RequestAction;
import waybill.server.rest.http.WriteResponse;

/// The trackers of a driver, managed by the driver or an administrator. A key is shown once, when it is created.
public final class Trackers implements OperationHandlers {

    private static final String SELF = "me";

    private final Directory directory;
    private final TrackerKeys keys;
    private final Supplier<UUID> ids;
    private final RandomGenerator random;

    /// @param random unpredictable
    public Trackers(Directory directory, TrackerKeys keys, Supplier<UUID> ids, RandomGenerator random) {
        this.directory = directory;
        this.keys = keys;
        this.ids = ids;
        this.random = random;
    }

    @Override
    public Map<String, RequestAction.Handler> operations() {
        return Map.of(
                "createTracker", this::create,
                "listTrackers", this::list,
                "deleteTracker", this::delete);
    }

    public RequestAction create(ApiRequest call) {
        var driver = driver(call);
        var key = TrackerKey.generate(random);
        var tracker = Tracker.create(
                ids.get().toString(), driver, call.body().find("name").orElse(""), key, call.receivedAt());
        return new RequestAction.Write(List.of(), work -> {
            if (!work.save(tracker, Tracker.PER_DRIVER_MAX)) {
                return WriteResponse.of(ApiResponse.of(Problem.conflict(
                        "trackers: " + Tracker.PER_DRIVER_MAX + " (expected: fewer; delete one)", "trackers")));
            }
            return WriteResponse.ofSuccess(_ -> ApiResponse.created(JsonWriter.object(json -> {
                write(tracker, json);
                json.writeStringField("key", key.value());
            })));
        });
    }

    public RequestAction list(ApiRequest call) {
        var driver = driver(call);
        return new RequestAction.Read(() -> ApiResponse.ok(JsonWriter.page(
                "trackers",
                directory.listTrackers(driver, Tracker.PER_DRIVER_MAX),
                Trackers::write,
                Optional.empty())));
    }

    public RequestAction delete(ApiRequest call) {
        var driver = driver(call);
        var id = call.text("trackerId");
        return new RequestAction.Write(List.of(), work -> {
            var deleted = work.deleteTracker(driver, id);
            return WriteResponse.ofSuccess(_ -> {
                deleted.ifPresent(keys::remove);
                return deleted.isPresent()
                        ? ApiResponse.noContent()
                        : ApiResponse.of(Problem.notFound(
                                "tracker: not one of the driver's (expected: one that GET …/trackers lists)"));
            });
        });
    }

    /// The driver of the path, if the caller may manage its trackers.
    private static String driver(ApiRequest call) {
        var by = call.principal();
        var named = call.text("driverId");
        var isSelf = by.role() == Role.DRIVER && (named.equals(SELF) || named.equals(by.id()));
        Authorization.require(
                by, Action.MANAGE_TRACKERS, isSelf ? Relation.DRIVER : Relation.NONE, "trackers of another driver");
        if (named.equals(SELF) && !isSelf) {
            throw Problem.invalid("driverId", "driverId: \"me\" (expected: the id of a driver, since you are none)");
        }
        return isSelf ? by.id() : named;
    }

    private static void write(Tracker tracker, JsonGenerator json) throws IOException {
        json.writeStringField("trackerId", tracker.id());
        json.writeStringField("driverId", tracker.driver());
        json.writeStringField("name", tracker.name());
        json.writeStringField("createdAt", JsonWriter.time(tracker.createdAt()));
        var fault = tracker.faultOrNone();
        if (fault != null) {
            json.writeObjectFieldStart("fault");
            json.writeStringField("at", JsonWriter.time(fault.at()));
            json.writeStringField("message", fault.message());
            json.writeNumberField("count", fault.count());
            json.writeEndObject();
        }
    }
}
