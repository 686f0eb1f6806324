package waybill.server.live;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import waybill.hub.position.ReportOutcome;
import waybill.server.dialect.Dialect;
import waybill.server.dialect.write.JsonObjectWriter;
import waybill.socketio.RawJson;
import waybill.tracking.FixOutcome;

/// The acks of position reports: each contains the result of the position, since a received position may still be
/// too old or implausible to be shown.
final class PositionAcks {

    private static final Map<FixOutcome, RawJson> ACKS = Stream.of(FixOutcome.values())
            .collect(Collectors.toUnmodifiableMap(
                    outcome -> outcome,
                    outcome -> new RawJson("{\"ok\":true,\"verdict\":\"" + outcome.wireName() + "\"}")));

    private PositionAcks() {}

    /// The ack of one position.
    static RawJson of(FixOutcome outcome, long clockOffsetMs, Dialect dialect) {
        var ready = clockOffsetMs == 0 ? ACKS.get(outcome) : null;
        return ready != null
                ? ready
                : new RawJson("{\"ok\":true,\"verdict\":\"" + outcome.wireName() + "\",\""
                        + dialect.fieldName("clockOffsetMs") + "\":" + clockOffsetMs + "}");
    }

    /// The ack of a list of positions: the result of each, and the reasons of rejections.
    static RawJson of(FixOutcome outcome, long clockOffsetMs, ReportOutcome.ListOutcome list, Dialect dialect) {
        var json = new StringBuilder("{\"ok\":true,\"accepted\":")
                .append(list.outcomes().size() - list.rejected().size())
                .append(",\"rejected\":[");
        for (var rejection : list.rejected()) {
            json.append(json.charAt(json.length() - 1) == '[' ? "" : ",")
                    .append("{\"index\":")
                    .append(rejection.index())
                    .append(",\"field\":")
                    .append(JsonObjectWriter.quote(dialect.fieldName(rejection.field())))
                    .append(",\"message\":")
                    .append(JsonObjectWriter.quote(rejection.message()))
                    .append('}');
        }
        json.append("],\"verdict\":\"").append(outcome.wireName()).append("\",\"verdicts\":[");
        for (var one : list.outcomes()) {
            json.append(json.charAt(json.length() - 1) == '[' ? "" : ",");
            json.append(one.map(known -> '"' + known.wireName() + '"').orElse("null"));
        }
        json.append(']');
        if (clockOffsetMs != 0) {
            json.append(",\"")
                    .append(dialect.fieldName("clockOffsetMs"))
                    .append("\":")
                    .append(clockOffsetMs);
        }
        return new RawJson(json.append('}').toString());
    }
}
