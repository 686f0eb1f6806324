package waybill.server.rest.track;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import waybill.access.Action;
import waybill.access.Principal;
import waybill.access.Relation;
import waybill.access.Role;
import waybill.access.UserId;
import waybill.directory.Directory;
import waybill.directory.DriverState;
import waybill.directory.Person;
import waybill.geo.Position;
import waybill.hub.position.PositionIngestion;
import waybill.hub.position.ReportOutcome;
import waybill.server.metrics.PositionCounters;
import waybill.server.metrics.PositionCounters.Source;
import waybill.server.rest.contract.Problem;
import waybill.server.rest.http.ApiRequest;
import waybill.server.rest.http.ApiResponse;
import waybill.server.rest.http.Authorization;
import waybill.server.rest.http.Cursor;
import waybill.server.rest.http.JsonWriter;
import waybill.server.rest.http.OperationHandlers;
import waybill.server.rest.http.RequestAction;
import waybill.server.rest.order.OrderJson;
import waybill.server.rest.order.ShiftJson;
import waybill.tracking.DriverPositions;
import waybill.tracking.DriverTrackState;
import waybill.tracking.Fix;
import waybill.tracking.FixOutcome;
import waybill.tracking.Signal;
import waybill.tracking.SignalPolicy;

/// Drivers: their positions, and the lists of them.
public final class Drivers implements OperationHandlers {

    private static final String DRIVERS = "drivers";
    private static final ReportOutcome.ListOutcome SINGLE = new ReportOutcome.ListOutcome(List.of(), List.of());

    private final Directory directory;
    private final DriverPositions driverPositions;
    private final PositionIngestion positionIngestion;
    private final PositionCounters counters;
    private final SignalPolicy signals;

    public Drivers(
            Directory directory,
            DriverPositions driverPositions,
            PositionIngestion positionIngestion,
            PositionCounters counters,
            SignalPolicy signals) {
        this.directory = directory;
        this.driverPositions = driverPositions;
        this.positionIngestion = positionIngestion;
        this.counters = counters;
        this.signals = signals;
    }

    @Override
    public Map<String, RequestAction.Handler> operations() {
        return Map.of(
                "listDrivers", this::list,
                "listDriversNearby", this::nearby,
                "reportPositions", this::report);
    }

    public RequestAction report(ApiRequest call) {
        requireSelf(call.principal(), Action.REPORT_POSITION, "where a driver is");
        var form = PositionInput.of(call.body().json());
        return new RequestAction.Async(positionIngestion
                .report(call.principal(), form.reports(), form.isList(), form.rejected())
                .whenComplete((result, _) -> {
                    if (result != null) {
                        counters.count(
                                Source.REST,
                                form.reports().size(),
                                form.rejected().size(),
                                result);
                    }
                })
                .thenApply(result -> switch (result) {
                    case ReportOutcome.Received taken ->
                        accepted(
                                form.reports().size() + form.rejected().size(),
                                taken,
                                positionIngestion.nextIntervalMs(call.principal()),
                                call);
                    case ReportOutcome.LookupNeeded needed -> ApiResponse.of(Problem.of(needed.refusal()));
                    case ReportOutcome.Rejected(var refusal) -> ApiResponse.of(Problem.of(refusal));
                }));
    }

    private static ApiResponse accepted(int count, ReportOutcome.Received taken, long nextIntervalMs, ApiRequest call) {
        var list = taken.listOrNone() == null ? SINGLE : taken.listOrNone();
        return ApiResponse.ok(JsonWriter.object(json -> {
            PositionReportJson.writeCounts(
                    json, count, count - list.rejected().size(), list.rejected(), call.receivedAt());
            json.writeStringField("verdict", taken.outcome().wireName());
            if (!list.outcomes().isEmpty()) {
                json.writeArrayFieldStart("verdicts");
                for (var outcome : list.outcomes()) {
                    json.writeString(outcome.map(FixOutcome::wireName).orElse(null));
                }
                json.writeEndArray();
            }
            if (nextIntervalMs > 0) {
                json.writeNumberField("nextIntervalMs", nextIntervalMs);
            }
            if (taken.clockOffsetMs() != 0) {
                json.writeNumberField("clockOffsetMs", taken.clockOffsetMs());
            }
        }));
    }

    public RequestAction list(ApiRequest call) {
        Authorization.require(call.principal(), Action.VIEW_DRIVERS, Relation.NONE, "all drivers");
        var after = Cursor.text(call, DRIVERS);
        var limit = call.limit();
        return new RequestAction.Read(() -> {
            var states = directory.listDrivers(after, limit);
            var rows =
                    states.stream().map(state -> row(state, call.receivedAt())).toList();
            var next = states.size() < limit
                    ? Optional.<String>empty()
                    : Optional.of(Cursor.after(DRIVERS, states.getLast().driver()));
            return ApiResponse.ok(JsonWriter.page(DRIVERS, rows, Drivers::write, next));
        });
    }

    public RequestAction nearby(ApiRequest call) {
        Authorization.require(call.principal(), Action.VIEW_DRIVERS, Relation.NONE, "all drivers");
        var place = new Position(call.decimal("lat"), call.decimal("lng"));
        var radius = call.decimal("radius");
        var limit = call.limit();
        var sinceMs = call.receivedAt().minus(DriverPositions.NEARBY_AGE_MAX).toEpochMilli();
        return new RequestAction.Read(() -> {
            List<Row> rows = driverPositions.findNearby(place, radius, sinceMs, limit).stream()
                    .map(near -> row(near, call.receivedAt()))
                    .toList();
            return ApiResponse.ok(JsonWriter.page(DRIVERS, rows, Drivers::write, Optional.empty()));
        });
    }

    /// Renders a driver.
    private record Row(
            String driver,
            Optional<String> name,
            Optional<DriverState> state,
            Optional<Fix> fix,
            Optional<Signal> signal,
            Optional<Double> metres) {}

    private Signal signal(Fix fix, Instant now) {
        return signals.of(now.toEpochMilli() - fix.recordedAtMs());
    }

    private Row row(DriverState state, Instant now) {
        var fix = driverPositions.find(state.driver()).map(DriverTrackState::newest);
        return new Row(
                state.driver(),
                name(state.driver()),
                Optional.of(state),
                fix,
                fix.map(one -> signal(one, now)),
                Optional.empty());
    }

    private Row row(DriverPositions.NearbyDriver near, Instant now) {
        var driver = near.fix().driver();
        return new Row(
                driver,
                name(driver),
                directory.findDriver(driver),
                Optional.of(near.fix()),
                Optional.of(signal(near.fix(), now)),
                Optional.of(near.metres()));
    }

    private Optional<String> name(String driver) {
        return directory.findPerson(new UserId(Role.DRIVER, driver)).flatMap(Person::name);
    }

    private static void write(Row row, JsonGenerator json) throws IOException {
        json.writeStringField("driverId", row.driver);
        JsonWriter.text(json, "name", row.name);
        JsonWriter.text(json, "status", row.state.map(state -> state.status().wireName()));
        JsonWriter.text(json, "since", row.state.map(state -> JsonWriter.time(state.since())));
        if (row.state.isPresent()) {
            ShiftJson.write(row.state.get().shift(), json);
        }
        if (row.fix.isPresent()) {
            OrderJson.position(json, row.fix.get().position());
            json.writeStringField(
                    "recordedAt",
                    JsonWriter.time(Instant.ofEpochMilli(row.fix.get().recordedAtMs())));
        }
        JsonWriter.text(json, "signal", row.signal.map(Signal::wireName));
        if (row.metres.isPresent()) {
            json.writeNumberField("distance", Math.round(row.metres.get()));
        }
    }

    /// A driver's relation to itself is the same as to its orders.
    private static void requireSelf(Principal by, Action action, String what) {
        Authorization.require(by, action, by.role() == Role.DRIVER ? Relation.DRIVER : Relation.NONE, what);
    }
}
