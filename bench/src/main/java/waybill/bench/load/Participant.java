package waybill.bench.load;

import java.util.List;
import java.util.Optional;

/// One client of a scenario, in packet bodies: `["join",{"clientId":"store-1"}]`.
///
/// @param emits the events it emits repeatedly; a participant with such events is a sender
/// @param expectation the event it counts
public record Participant(
        String namespace,
        String auth,
        List<String> hello,
        Optional<String> emits,
        Optional<Expectation> expectation,
        Optional<Reaction> reaction) {

    /// The event that a participant counts.
    ///
    /// @param isAck whether the event acknowledges an emit of this participant, and so permits the next
    /// @param beforeStamp the text before its [Stamp], if the scenario measures this event
    public record Expectation(String event, boolean isAck, Optional<String> beforeStamp) {}

    /// Of `others` participants that receive the same event, one selected by its `seq` emits `bodies`. In them
    /// `%key%` stands for the value of that key in the event.
    public record Reaction(String event, int turn, int others, List<String> bodies) {}

    static Participant silent(String namespace, String auth) {
        return new Participant(namespace, auth, List.of(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    Participant hello(String body) {
        return new Participant(namespace, auth, List.of(body), emits, expectation, reaction);
    }

    Participant emits(String body) {
        return new Participant(namespace, auth, hello, Optional.of(body), expectation, reaction);
    }

    Participant ackedBy(String event) {
        return expectation(new Expectation(event, true, Optional.empty()));
    }

    Participant counts(String event, String beforeStamp) {
        return expectation(new Expectation(event, false, Optional.of(beforeStamp)));
    }

    Participant ackedByAndCounts(String event, String beforeStamp) {
        return expectation(new Expectation(event, true, Optional.of(beforeStamp)));
    }

    private Participant expectation(Expectation expectation) {
        return new Participant(namespace, auth, hello, emits, Optional.of(expectation), reaction);
    }

    Participant reaction(Reaction reaction) {
        return new Participant(namespace, auth, hello, emits, expectation, Optional.of(reaction));
    }

    String packet(String body) {
        return "42" + namespace + "," + body;
    }

    /// The beginning of an encoded event of this name.
    AsciiPattern prefix(String event) {
        return new AsciiPattern(packet("[\"" + event + "\""));
    }
}
