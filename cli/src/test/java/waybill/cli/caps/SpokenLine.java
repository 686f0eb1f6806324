package waybill.cli.caps;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.json.JSONObject;

/// A line that only writes down what is said on it. The test is the hub, and answers what it likes.
public final class SpokenLine implements Line {

    public static final Answer DONE = new Answer.Done(false);
    public static final Answer CONFLICT = new Answer.Refused("conflict", "taken", Answer.RETRY_AFTER);
    public static final Answer BUSY = new Answer.Refused("unavailable", "disk full", Duration.ofSeconds(1));

    private record Said(String event, JSONObject body, Consumer<Answer> answered) {}

    private final List<Said> unheard = new ArrayList<>();
    private final List<Said> unanswered = new ArrayList<>();

    @Override
    public void say(String event, JSONObject body, Consumer<Answer> answered) {
        var said = new Said(event, body, answered);
        unheard.add(said);
        unanswered.add(said);
    }

    /// What has been said since the last call: the event, and the store and id where there are any.
    public List<String> heard() {
        var heard = unheard.stream().map(SpokenLine::words).toList();
        unheard.clear();
        return heard;
    }

    /// Answers the oldest unanswered `event`.
    public void answer(String event, Answer answer) {
        var said = unanswered.stream()
                .filter(each -> each.event.equals(event))
                .findFirst()
                .orElseThrow();
        unanswered.remove(said);
        said.answered.accept(answer);
    }

    public JSONObject lastSaid(String event) {
        return unanswered.reversed().stream()
                .filter(each -> each.event.equals(event))
                .findFirst()
                .map(Said::body)
                .orElseThrow();
    }

    private static String words(Said said) {
        var parcel = Parcel.of(said.body);
        return parcel.map(it -> said.event + receiptFor(said.body) + ' ' + it.key())
                .orElseGet(() -> said.event + ' ' + said.body.toString().replace('"', '\''));
    }

    private static String receiptFor(JSONObject body) {
        return Optional.ofNullable(body.opt("event"))
                .filter(_ -> body.length() == 3)
                .map(event -> " " + event)
                .orElse("");
    }
}
