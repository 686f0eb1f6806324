package waybill.server.rest.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import waybill.access.Action;
import waybill.access.Relation;
import waybill.hub.presence.ConnectionDurations;
import waybill.hub.presence.UserConnections;
import waybill.server.metrics.MetricsRegistry;
import waybill.server.rest.http.ApiRequest;
import waybill.server.rest.http.ApiResponse;
import waybill.server.rest.http.Authorization;
import waybill.server.rest.http.ConnectionStats;
import waybill.server.rest.http.JsonWriter;
import waybill.server.rest.http.OperationHandlers;
import waybill.server.rest.http.RequestAction;
import waybill.tracking.TrackLog;

/// Health checks, metrics, and the users and counters of Socket.IO.
public final class HealthAndMetrics implements OperationHandlers {

    private static final String RECORDED = "recorded";

    /// Users in one response.
    private static final int USERS_MAX = 1_000;

    private final ConnectionStats connectionStats;
    private final UserConnections userConnections;
    private final HealthSources sources;
    private final TrackLog tracks;
    private final MetricsRegistry metrics;
    private final Instant startedAt;

    public HealthAndMetrics(
            ConnectionStats connectionStats,
            UserConnections userConnections,
            HealthSources sources,
            TrackLog tracks,
            MetricsRegistry metrics,
            InstantSource clock) {
        this.connectionStats = connectionStats;
        this.userConnections = userConnections;
        this.sources = sources;
        this.tracks = tracks;
        this.metrics = metrics;
        startedAt = clock.instant();
    }

    @Override
    public Map<String, RequestAction.Handler> operations() {
        return Map.of(
                "readSocketStatus", this::status,
                "readSocketMetrics", this::metrics,
                "readMetrics", this::prometheus,
                "readHealth", this::health,
                "readReadiness", this::ready,
                "readLiveness", this::live);
    }

    /// A response is enough: the process is alive.
    public RequestAction live(ApiRequest call) {
        return new RequestAction.Immediate(
                ApiResponse.ok(new JsonObject().put("status", "up").encode()));
    }

    public RequestAction ready(ApiRequest call) {
        return healthResponse(new JsonObject());
    }

    public RequestAction health(ApiRequest call) {
        return healthResponse(
                new JsonObject().put("node", connectionStats.node()).put("connections", connectionStats.connections()));
    }

    private RequestAction healthResponse(JsonObject body) {
        var writable = sources.isWritable().getAsBoolean();
        var failed = sources.failedThreads().get();
        var draining = sources.isDraining().getAsBoolean();
        var ready = writable && failed.isEmpty() && !draining;
        var otherNodes = sources.otherNodes().get();
        var isAlone = otherNodes.isPresent() && !otherNodes.get().connected();
        var recording = recording();
        var isDegraded = isAlone || !recording.equals(RECORDED);
        body.put("status", draining ? "draining" : !ready ? "down" : isDegraded ? "degraded" : "up")
                .put("ready", ready)
                .put("store", writable ? "writable" : "not writable")
                .put("files", sources.areFilesReachable().getAsBoolean() ? "reachable" : "not reachable")
                .put("tracks", recording);
        otherNodes.ifPresent(nodes -> body.put("redis", nodes.connected() ? "connected" : "not connected")
                .put("redisSince", nodes.since().toString())
                .put("otherNodes", nodes.known()));
        if (!failed.isEmpty()) {
            body.put("failedThreads", List.copyOf(failed));
        }
        return new RequestAction.Immediate(ApiResponse.json(ready ? 200 : 503, body.encode()));
    }

    /// How the place fares that positions are stored in, of several the worst.
    private String recording() {
        var sinks = tracks.statsBySink().values();
        if (sinks.stream().anyMatch(sink -> !sink.isWritable())) {
            return "not recorded";
        }
        return sinks.stream().anyMatch(TrackLog.TrackLogStats::isLagging) ? "thinned" : RECORDED;
    }

    public RequestAction status(ApiRequest call) {
        Authorization.require(call.principal(), Action.VIEW_SOCKETS, Relation.NONE, "connections");
        var connected = connectionStats;
        return new RequestAction.Immediate(ApiResponse.ok(JsonWriter.object(json -> {
            json.writeArrayFieldStart("connectedUsers");
            for (var user : connected.userIds(USERS_MAX)) {
                json.writeString(user);
            }
            json.writeEndArray();
            json.writeNumberField("totalConnections", connected.connections());
        })));
    }

    public RequestAction metrics(ApiRequest call) {
        Authorization.require(call.principal(), Action.VIEW_SOCKETS, Relation.NONE, "connections");
        var connected = connectionStats;
        var uptime = Duration.between(startedAt, call.receivedAt());
        return new RequestAction.Immediate(ApiResponse.ok(JsonWriter.object(json -> {
            json.writeNumberField("connectedUsers", connected.users());
            json.writeNumberField("totalConnections", connected.connections());
            json.writeObjectFieldStart("eventMetrics");
            for (var count : new TreeMap<>(connected.eventsSent()).entrySet()) {
                json.writeNumberField(count.getKey(), count.getValue());
            }
            json.writeEndObject();
            writeDurations(userConnections.durations(), json);
            writeTracks(tracks.stats(), json);
            json.writeNumberField("uptime", uptime.toMillis() / 1_000.0);
        })));
    }

    private static void writeDurations(List<ConnectionDurations.Summary> durations, JsonGenerator json)
            throws IOException {
        json.writeArrayFieldStart("connectionDurations");
        for (var one : durations) {
            json.writeStartObject();
            json.writeStringField("namespace", one.namespace());
            json.writeStringField("role", one.role().wireName());
            json.writeNumberField("count", one.count());
            json.writeNumberField("totalSeconds", one.total().toMillis() / 1_000.0);
            json.writeNumberField("medianAtMostSeconds", one.medianAtMost().toSeconds());
            json.writeNumberField("p95AtMostSeconds", one.p95AtMost().toSeconds());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeTracks(TrackLog.TrackLogStats figures, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("trackPoints");
        json.writeNumberField("kept", figures.persisted());
        json.writeNumberField("lost", figures.dropped());
        json.writeNumberField("thinned", figures.thinned());
        json.writeNumberField("waiting", figures.queueLength());
        json.writeBooleanField("writable", figures.isWritable());
        json.writeEndObject();
    }

    /// Rendered neither on the event loops, because it takes a while, nor on the blocking executor, because it is
    /// requested most when that is busy.
    public RequestAction prometheus(ApiRequest call) {
        Authorization.require(call.principal(), Action.VIEW_METRICS, Relation.NONE, "metrics");
        return new RequestAction.Async(CompletableFuture.supplyAsync(
                () -> new ApiResponse(200, MetricsRegistry.CONTENT_TYPE, metrics.scrape(), Map.of()),
                Thread::startVirtualThread));
    }
}
