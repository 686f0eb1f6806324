package waybill.socketio.room;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.ArrayList;

/// What one pass of an event loop leaves to its end: rooms to be settled, then sockets to be flushed, each once
/// however much was written. Runs as a task, that is, after all that the pass has read. Belongs to its event loop.
public final class FlushCycle implements Runnable {

    private static final FastThreadLocal<FlushCycle> CURRENT = new FastThreadLocal<>();

    private final EventExecutor loop;
    private final ArrayList<RoomShard> shards = new ArrayList<>();
    private final ArrayList<Runnable> flushes = new ArrayList<>();
    private boolean scheduled;

    private FlushCycle(EventExecutor loop) {
        this.loop = loop;
    }

    /// The pass of the event loop that this thread runs.
    public static FlushCycle of(EventExecutor loop) {
        assert loop.inEventLoop();
        var pass = CURRENT.get();
        if (pass == null || !pass.loop.equals(loop)) {
            pass = new FlushCycle(loop);
            CURRENT.set(pass);
        }
        return pass;
    }

    /// Runs `flush` at the end of the pass. The caller requests it at most once a pass.
    public void flushLater(Runnable flush) {
        flushes.add(flush);
        schedule();
    }

    void flushShardLater(RoomShard shard) {
        shards.add(shard);
        schedule();
    }

    private void schedule() {
        if (!scheduled) {
            scheduled = true;
            loop.execute(this);
        }
    }

    @Override
    public void run() {
        assert loop.inEventLoop();
        scheduled = false;
        for (int i = 0; i < shards.size(); i++) {
            shards.get(i).flush();
        }
        shards.clear();
        for (int i = 0; i < flushes.size(); i++) { // a flush may ask for another
            flushes.get(i).run();
        }
        flushes.clear();
    }
}
