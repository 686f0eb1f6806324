package waybill.bench.load;

/// When a scenario's senders emit.
public sealed interface EmitPace {

    /// Nobody emits.
    record NoEmits() implements EmitPace {}

    /// As fast as it goes: each sender has at most `window` emits without an answer.
    record WindowByAck(int window) implements EmitPace {}

    /// As fast as it goes, without answers: at most `window` emits are under way that not all of `receivers` have
    /// heard.
    record WindowByDelivery(int window, int receivers) implements EmitPace {}

    /// `perSecond` emits of all senders together, in turn. An emit is timed from when it was due, so that waiting
    /// shows.
    record FixedRate(double perSecond) implements EmitPace {}
}
