package waybill.bench.load;

/// When a scenario's senders emit.
public sealed interface Pace {

    /// Nobody emits.
    record Silent() implements Pace {}

    /// As fast as it goes: each sender has at most `window` emits without an answer.
    record Answered(int window) implements Pace {}

    /// As fast as it goes, without answers: at most `window` emits are under way that not all of `audience` have heard.
    record Heard(int window, int audience) implements Pace {}

    /// `perSecond` emits of all senders together, in turn. An emit is timed from when it was due, so that waiting
    /// shows.
    record Steady(double perSecond) implements Pace {}
}
