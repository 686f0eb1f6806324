package waybill.server.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.access.Action;
import waybill.access.Principal;
import waybill.access.Relation;
import waybill.access.Role;
import waybill.access.UserId;
import waybill.directory.DriverState;
import waybill.directory.DriverStatus;
import waybill.directory.Person;
import waybill.geo.Position;
import waybill.order.Actor;
import waybill.order.Announcements;
import waybill.order.HubEvent;
import waybill.order.Journal;
import waybill.order.Order;
import waybill.order.OrderFilter;
import waybill.order.OrderId;
import waybill.tracking.Fix;
import waybill.tracking.FixOutcome;
import waybill.tracking.LastKnown;
import waybill.tracking.Track;

/// Drivers: where they say they are, whether they want work, and who may see that.
final class Drivers {

    private static final String DRIVERS = "drivers";

    private final RestServices services;

    Drivers(RestServices services) {
        this.services = services;
    }

    Doing report(Call call) {
        requireSelf(call.by(), Action.SEND_POSITION, "where a driver is");
        var form = PositionForm.of(call.body().json());
        return new Doing.Awaiting(services.positions()
                .report(call.by(), form.reports(), form.isList(), form.rejected())
                .thenApply(result -> switch (result) {
                    case Positions.Result.Taken taken ->
                        taken(form.reports().size() + form.rejected().size(), taken, call);
                    case Positions.Result.Refused(var code, var message, var field, var retryAfter) ->
                        refused(code, message, field, retryAfter).reply();
                }));
    }

    private static Problem refused(String code, String message, @Nullable String field, Duration retryAfter) {
        return code.equals("rate_limited")
                ? Problem.rateLimited(message, retryAfter)
                : Problem.of(code, message, field);
    }

    private static Reply taken(int count, Positions.Result.Taken taken, Call call) {
        return Reply.ok(Json.object(json -> {
            json.writeBooleanField("success", true);
            json.writeNumberField("received", count);
            json.writeStringField("receivedAt", Json.time(call.receivedAt()));
            json.writeNumberField("accepted", count - taken.rejected().size());
            json.writeArrayFieldStart("rejected");
            for (var rejection : taken.rejected()) {
                json.writeStartObject();
                json.writeNumberField("index", rejection.index());
                json.writeStringField("field", rejection.field());
                json.writeStringField("message", rejection.message());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeStringField("verdict", taken.outcome().word());
            if (!taken.outcomes().isEmpty()) {
                json.writeArrayFieldStart("verdicts");
                for (var outcome : taken.outcomes()) {
                    json.writeString(outcome.map(FixOutcome::word).orElse(null));
                }
                json.writeEndArray();
            }
            if (taken.clockOffsetMs() != 0) {
                json.writeNumberField("clockOffsetMs", taken.clockOffsetMs());
            }
        }));
    }

    Doing changeStatus(Call call) {
        var by = call.by();
        requireSelf(by, Action.SET_DRIVER_STATUS, "whether a driver wants work");
        var status = DriverStatus.of(call.body().text("status")).orElseThrow();
        var filter = new OrderFilter(new OrderFilter.Scope.OfDriver(by.id()), OrderReads.ACTIVE, Long.MAX_VALUE, 1);
        return new Doing.Preparing(() -> {
            var order = services.book().list(filter).stream().map(Order::id).findFirst();
            return changing(by, status, order, call.receivedAt());
        });
    }

    private static Journal.Work<Reply> changing(
            Principal by, DriverStatus status, Optional<OrderId> order, Instant at) {
        return ledger -> {
            var before = ledger.findDriver(by.id());
            var event = new HubEvent.DriverStatusChanged(by.id(), status, order.orElse(null));
            var position = Announcements.driverIs(ledger, new DriverState(by.id(), status, at), event, Actor.of(by));
            var since = position == 0 ? before.map(DriverState::since).orElse(at) : at;
            return Reply.ok(Json.object(json -> {
                json.writeStringField("driverId", by.id());
                json.writeStringField("status", status.word());
                json.writeStringField("since", Json.time(since));
                Json.text(json, "currentOrder", order.map(OrderId::toString));
                Json.eventId(json, position);
            }));
        };
    }

    Doing list(Call call) {
        Permit.require(call.by(), Action.VIEW_DRIVERS, Relation.NONE, "all drivers");
        var after = Cursor.text(call, DRIVERS);
        var limit = call.limit();
        return new Doing.Reading(() -> {
            var states = services.directory().drivers(after, limit);
            var rows = states.stream().map(this::row).toList();
            var next = states.size() < limit
                    ? Optional.<String>empty()
                    : Optional.of(Cursor.after(DRIVERS, states.getLast().driver()));
            return Reply.ok(Json.page(DRIVERS, rows, Drivers::write, next));
        });
    }

    Doing nearby(Call call) {
        Permit.require(call.by(), Action.VIEW_DRIVERS, Relation.NONE, "all drivers");
        var place = new Position(call.decimal("lat"), call.decimal("lng"));
        var radius = call.decimal("radius");
        var limit = call.limit();
        var sinceMs = call.receivedAt().minus(LastKnown.NEAR_FOR).toEpochMilli();
        return new Doing.Reading(() -> {
            List<Row> rows = services.lastKnown().near(place, radius, sinceMs, limit).stream()
                    .map(this::row)
                    .toList();
            return Reply.ok(Json.page(DRIVERS, rows, Drivers::write, Optional.empty()));
        });
    }

    /// What is shown of a driver.
    private record Row(
            String driver,
            Optional<String> name,
            Optional<DriverState> state,
            Optional<Fix> fix,
            Optional<Double> metres) {}

    private Row row(DriverState state) {
        var fix = services.lastKnown().of(state.driver()).map(Track::newest);
        return new Row(state.driver(), name(state.driver()), Optional.of(state), fix, Optional.empty());
    }

    private Row row(LastKnown.Near near) {
        var driver = near.fix().driver();
        return new Row(
                driver,
                name(driver),
                services.directory().driver(driver),
                Optional.of(near.fix()),
                Optional.of(near.metres()));
    }

    private Optional<String> name(String driver) {
        return services.directory().person(new UserId(Role.DRIVER, driver)).flatMap(Person::name);
    }

    private static void write(Row row, JsonGenerator json) throws IOException {
        json.writeStringField("driverId", row.driver);
        Json.text(json, "name", row.name);
        Json.text(json, "status", row.state.map(state -> state.status().word()));
        Json.text(json, "since", row.state.map(state -> Json.time(state.since())));
        if (row.fix.isPresent()) {
            OrderJson.position(json, row.fix.get().position());
            json.writeStringField(
                    "recordedAt", Json.time(Instant.ofEpochMilli(row.fix.get().recordedAtMs())));
        }
        if (row.metres.isPresent()) {
            json.writeNumberField("distance", Math.round(row.metres.get()));
        }
    }

    /// A driver has to itself what it has to its orders.
    private static void requireSelf(Principal by, Action action, String what) {
        Permit.require(by, action, by.role() == Role.DRIVER ? Relation.DRIVER : Relation.NONE, what);
    }
}
