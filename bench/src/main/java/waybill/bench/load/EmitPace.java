package waybill.bench.load;

/// When the senders of a scenario emit.
public sealed interface EmitPace {

    /// No emits.
    record NoEmits() implements EmitPace {}

    /// As fast as possible: each sender has at most `window` unacknowledged emits.
    record WindowByAck(int window) implements EmitPace {}

    /// As fast as possible, without acks: at most `window` emits that not all of `receivers` have received.
    record WindowByDelivery(int window, int receivers) implements EmitPace {}

    /// `perSecond` emits of all senders together, in turn. Latency is measured from when an emit was due, so that
    /// delays count.
    record FixedRate(double perSecond) implements EmitPace {}
}
