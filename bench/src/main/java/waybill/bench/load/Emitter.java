package waybill.bench.load;

import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Lets the senders of a scenario emit at its [Pace]. Belongs to the generator's event loop.
final class Emitter {

    /// How many overdue emits go out before the loop listens again.
    private static final int BURST_MAX = 64;

    private final EventLoop loop;
    private final Pace pace;
    private final List<Client> senders;
    private final Tally tally;
    private final LongSupplier nowUs;

    private boolean isOn;
    private long seq = ClientFrame.SEQ_FIRST;
    private long startedUs;
    private long turn;

    Emitter(EventLoop loop, Pace pace, List<Client> senders, Tally tally, LongSupplier nowUs) {
        this.loop = loop;
        this.pace = pace;
        this.senders = senders;
        this.tally = tally;
        this.nowUs = nowUs;
    }

    void start() {
        isOn = !senders.isEmpty();
        startedUs = nowUs.getAsLong();
        switch (pace) {
            case Pace.Silent() -> isOn = false;
            case Pace.Answered _ -> senders.forEach(this::onAnswered);
            case Pace.Heard _ -> onHeard();
            case Pace.Steady steady -> emitWhatIsDue(steady);
        }
    }

    void stop() {
        isOn = false;
    }

    /// `sender` has heard an answer, and may go on.
    void onAnswered(Client sender) {
        if (isOn && pace instanceof Pace.Answered(var window)) {
            while (sender.isReady() && sender.unanswered() < window) {
                sender.emit(nowUs.getAsLong(), seq++);
            }
        }
    }

    /// Somebody has heard something.
    void onHeard() {
        if (isOn && pace instanceof Pace.Heard(var window, var audience)) {
            while (tally.sent < tally.delivered / audience + window && next().isReady()) {
                next().emit(nowUs.getAsLong(), seq++);
                turn++;
            }
        }
    }

    private Client next() {
        return senders.get((int) (turn % senders.size()));
    }

    private void emitWhatIsDue(Pace.Steady steady) {
        if (!isOn) {
            return;
        }
        for (var burst = 0; burst < BURST_MAX && dueUs(steady) <= nowUs.getAsLong(); burst++) {
            next().emit(dueUs(steady), seq++);
            turn++;
        }
        var waitUs = Math.max(0, dueUs(steady) - nowUs.getAsLong());
        loop.schedule(() -> emitWhatIsDue(steady), waitUs, TimeUnit.MICROSECONDS);
    }

    private long dueUs(Pace.Steady steady) {
        return startedUs + (long) (turn * 1e6 / steady.perSecond());
    }
}
