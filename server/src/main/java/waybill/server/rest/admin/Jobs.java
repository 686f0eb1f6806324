package waybill.server.rest.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import waybill.access.Action;
import waybill.access.Relation;
import waybill.outbound.Channel;
import waybill.outbound.JobState;
import waybill.outbound.OutboundJob;
import waybill.outbound.OutboundJobs;
import waybill.outbound.OutboundJobs.JobFilter;
import waybill.server.rest.contract.Problem;
import waybill.server.rest.http.ApiRequest;
import waybill.server.rest.http.ApiResponse;
import waybill.server.rest.http.Authorization;
import waybill.server.rest.http.Cursor;
import waybill.server.rest.http.JsonWriter;
import waybill.server.rest.http.OperationHandlers;
import waybill.server.rest.http.Page;
import waybill.server.rest.http.RequestAction;
import waybill.server.rest.http.WriteResponse;

/// The webhooks, push messages and e-mails of the hub, as its operators see them.
public final class Jobs implements OperationHandlers {

    private static final String JOBS = "jobs";

    private final OutboundJobs jobs;

    public Jobs(OutboundJobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public Map<String, RequestAction.Handler> operations() {
        return Map.of("listJobs", this::list, "replayJob", this::replay);
    }

    private RequestAction list(ApiRequest call) {
        Authorization.require(call.principal(), Action.VIEW_JOBS, Relation.NONE, JOBS);
        var filter = new JobFilter(
                call.find("channel").flatMap(Channel::parse).map(Set::of).orElse(JobFilter.ALL.channels()),
                call.find("state").flatMap(JobState::parse).map(Set::of).orElse(JobFilter.ALL.states()));
        var before = Cursor.number(call, JOBS, Long.MAX_VALUE);
        return new RequestAction.Read(
                () -> ApiResponse.ok(page(jobs.listJobs(filter, before, call.limit()), call.limit())));
    }

    private static String page(List<OutboundJob> rows, int limit) {
        var page = new Page<>(rows, rows.size() == limit);
        return JsonWriter.page(JOBS, rows, Jobs::write, page.next(JOBS, OutboundJob::id));
    }

    private static void write(OutboundJob job, JsonGenerator json) throws IOException {
        json.writeNumberField("jobId", job.id());
        json.writeStringField("channel", job.channel().wireName());
        json.writeStringField("target", job.target());
        json.writeStringField("type", job.kind());
        JsonWriter.eventId(json, job.sequence());
        json.writeStringField("createdAt", JsonWriter.time(job.createdAt()));
        json.writeStringField("state", job.state().wireName());
        json.writeNumberField("attempts", job.attempts());
        JsonWriter.text(json, "outcome", Optional.of(job.detail()).filter(detail -> !detail.isEmpty()));
        if (job.state() == JobState.PENDING) {
            json.writeStringField("nextAttemptAt", JsonWriter.time(job.dueAt()));
        }
    }

    private RequestAction replay(ApiRequest call) {
        Authorization.require(call.principal(), Action.REPLAY_JOBS, Relation.NONE, JOBS);
        var id = Optional.of(call.text("jobId"))
                .filter(text -> text.matches("\\d{1,18}"))
                .map(Long::parseLong)
                .orElse(0L);
        return new RequestAction.ReadThenWrite(() -> {
            var found = jobs.findJob(id);
            return new RequestAction.Write(
                    List.of(),
                    work -> WriteResponse.of(found.map(job -> job.state() == JobState.DEAD
                                            && work.replayJob(job.channel(), job.target(), id, call.receivedAt())
                                    ? ApiResponse.noContent()
                                    : ApiResponse.of(Problem.conflict(
                                            "job: " + job.state().wireName() + " (expected: dead)", null)))
                            .orElseGet(() -> ApiResponse.of(Problem.notFound("job: none with that id")))));
        });
    }
}
