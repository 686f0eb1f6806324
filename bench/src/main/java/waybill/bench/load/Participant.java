package waybill.bench.load;

import java.util.List;
import java.util.Optional;

/// One client of a scenario, in packet bodies: `["join",{"clientId":"store-1"}]`.
///
/// @param says what it emits again and again; who says something is a sender
/// @param expects the event it is there to hear
public record Participant(
        String namespace,
        String auth,
        List<String> hello,
        Optional<String> says,
        Optional<Expectation> expects,
        Optional<Reaction> reacts) {

    /// The event a participant is there to hear.
    ///
    /// @param answers whether the event answers what this participant said, and so lets it go on
    /// @param beforeStamp what stands before its [Stamp], if the event is what the scenario is there to deliver
    public record Expectation(String event, boolean answers, Optional<String> beforeStamp) {}

    /// Of `others` participants who hear the same event, the one whose turn its `seq` says emits `bodies`. In
    /// them `%key%` stands for the value of that key in the event.
    public record Reaction(String event, int turn, int others, List<String> bodies) {}

    static Participant silent(String namespace, String auth) {
        return new Participant(namespace, auth, List.of(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    Participant hello(String body) {
        return new Participant(namespace, auth, List.of(body), says, expects, reacts);
    }

    Participant says(String body) {
        return new Participant(namespace, auth, hello, Optional.of(body), expects, reacts);
    }

    Participant isAnsweredBy(String event) {
        return expects(new Expectation(event, true, Optional.empty()));
    }

    Participant counts(String event, String beforeStamp) {
        return expects(new Expectation(event, false, Optional.of(beforeStamp)));
    }

    Participant isAnsweredByAndCounts(String event, String beforeStamp) {
        return expects(new Expectation(event, true, Optional.of(beforeStamp)));
    }

    private Participant expects(Expectation expectation) {
        return new Participant(namespace, auth, hello, says, Optional.of(expectation), reacts);
    }

    Participant reacts(Reaction reaction) {
        return new Participant(namespace, auth, hello, says, expects, Optional.of(reaction));
    }

    String packet(String body) {
        return "42" + namespace + "," + body;
    }

    /// How an event of this name begins on the wire.
    Ascii prefix(String event) {
        return new Ascii(packet("[\"" + event + "\""));
    }
}
