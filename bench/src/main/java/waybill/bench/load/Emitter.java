package waybill.bench.load;

import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Emits for the senders of a scenario at its [EmitPace]. Confined to the generator's event loop.
final class Emitter {

    /// How many overdue emits are sent before the loop reads again.
    private static final int BURST_MAX = 64;

    private final EventLoop loop;
    private final EmitPace pace;
    private final List<LoadClient> senders;
    private final LoadCounters counters;
    private final LongSupplier nowUs;

    private boolean isOn;
    private long seq = ClientFrame.SEQ_FIRST;
    private long startedUs;
    private long turn;

    Emitter(EventLoop loop, EmitPace pace, List<LoadClient> senders, LoadCounters counters, LongSupplier nowUs) {
        this.loop = loop;
        this.pace = pace;
        this.senders = senders;
        this.counters = counters;
        this.nowUs = nowUs;
    }

    void start() {
        isOn = !senders.isEmpty();
        startedUs = nowUs.getAsLong();
        switch (pace) {
            case EmitPace.NoEmits() -> isOn = false;
            case EmitPace.WindowByAck _ -> senders.forEach(this::onAck);
            case EmitPace.WindowByDelivery _ -> onDelivered();
            case EmitPace.FixedRate steady -> emitDue(steady);
        }
    }

    void stop() {
        isOn = false;
    }

    /// `sender` has received an ack and may continue.
    void onAck(LoadClient sender) {
        if (isOn && pace instanceof EmitPace.WindowByAck(var window)) {
            while (sender.isReady() && sender.pendingAcks() < window) {
                sender.emit(nowUs.getAsLong(), seq++);
            }
        }
    }

    /// A client has received an event.
    void onDelivered() {
        if (isOn && pace instanceof EmitPace.WindowByDelivery(var window, var audience)) {
            while (counters.sent < counters.delivered / audience + window && next().isReady()) {
                next().emit(nowUs.getAsLong(), seq++);
                turn++;
            }
        }
    }

    private LoadClient next() {
        return senders.get((int) (turn % senders.size()));
    }

    private void emitDue(EmitPace.FixedRate steady) {
        if (!isOn) {
            return;
        }
        for (var burst = 0; burst < BURST_MAX && dueUs(steady) <= nowUs.getAsLong(); burst++) {
            next().emit(dueUs(steady), seq++);
            turn++;
        }
        var waitUs = Math.max(0, dueUs(steady) - nowUs.getAsLong());
        loop.schedule(() -> emitDue(steady), waitUs, TimeUnit.MICROSECONDS);
    }

    private long dueUs(EmitPace.FixedRate steady) {
        return startedUs + (long) (turn * 1e6 / steady.perSecond());
    }
}
