package waybill.server.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
import waybill.server.dialect.Report;
import waybill.tracking.Fix;
import waybill.tracking.LastKnown;
import waybill.tracking.Track;

/// Drivers: where they say they are, whether they want work, and who may see that.
final class Drivers {

    private static final String DRIVERS = "drivers";

    /// How far a driver's clock may be ahead of ours.
    private static final Duration AHEAD_MAX = Duration.ofMinutes(1);

    private final RestServices services;

    Drivers(RestServices services) {
        this.services = services;
    }

    Doing report(Call call) {
        requireSelf(call.by(), Action.SEND_POSITION, "where a driver is");
        var isBatch = call.body().json().isArray();
        var reports = new ArrayList<Report>();
        call.body().each().forEach(one -> reports.add(report(one, isBatch ? "[" + reports.size() + "]." : "", call)));
        return new Doing.Awaiting(services.positions()
                .report(call.by(), reports)
                .thenApply(refusal -> refusal.map(Drivers::refused).orElseGet(() -> taken(reports.size(), call))));
    }

    private static Reply refused(Positions.Refusal refusal) {
        return Problem.of(refusal.code(), refusal.message(), refusal.field()).reply();
    }

    private static Reply taken(int count, Call call) {
        return Reply.ok(Json.object(json -> {
            json.writeBooleanField("success", true);
            json.writeNumberField("received", count);
            json.writeStringField("receivedAt", Json.time(call.receivedAt()));
        }));
    }

    private static Report report(Given given, String where, Call call) {
        var recordedAt = given.find("recordedAt").map(text -> Call.time(where + "recordedAt", text));
        recordedAt
                .filter(time -> time.isBefore(Instant.EPOCH)
                        || time.isAfter(call.receivedAt().plus(AHEAD_MAX)))
                .ifPresent(time -> {
                    throw Problem.invalid(
                            where + "recordedAt",
                            where + "recordedAt: " + Json.time(time) + " (expected: since 1970 and not later than now, "
                                    + Json.time(call.receivedAt()) + ")");
                });
        return new Report(
                given.find("orderId").flatMap(OrderId::parse).orElse(null),
                new Position(given.decimal("latitude"), given.decimal("longitude")),
                given.decimal("heading"),
                given.decimal("speed"),
                given.decimal("accuracy"),
                recordedAt.orElse(null));
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
        return new Doing.Reading(() -> {
            List<Row> rows = services.lastKnown().near(place, radius, limit).stream()
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
