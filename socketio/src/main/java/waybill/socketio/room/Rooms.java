package waybill.socketio.room;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import waybill.socketio.adapter.RoomListener;
import waybill.socketio.adapter.Target;

/// All rooms of a namespace: the one thread-safe access to the shards.
public final class Rooms {

    private final ByteBufAllocator allocator;
    private final List<RoomShard> shards = new CopyOnWriteArrayList<>(); // one for each event loop, so there are few

    private volatile RoomListener listener = RoomListener.NONE;

    public Rooms(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /// Before there is any socket.
    public void listen(RoomListener value) {
        listener = value;
    }

    /// The shard of the event loop that calls.
    public RoomShard shard(EventExecutor loop) {
        assert loop.inEventLoop();
        for (var shard : shards) {
            if (shard.loop().equals(loop)) {
                return shard;
            }
        }
        var mine = new RoomShard(loop, allocator, listener);
        shards.add(mine);
        return mine;
    }

    /// Sends a frame to all members of `target`; takes over the caller's reference. Safe from any thread: the
    /// cost to the caller is one task for each loop, whatever the size of the room. Of two calls of which one
    /// happens before the other, every member receives the frame of the first one first, on any threads.
    ///
    /// On the caller's own loop it is sent at once, unless frames of other threads wait there, or `queued` asks
    /// for a task there too.
    public void broadcast(Target target, Frame frame, boolean queued) {
        for (var shard : shards) {
            if (!queued && shard.loop().inEventLoop() && !shard.hasQueued()) {
                shard.broadcast(target, frame);
            } else {
                enqueue(shard, target, frame);
            }
        }
        frame.release();
    }

    private static void enqueue(RoomShard shard, Target target, Frame frame) {
        frame.retain();
        shard.onQueued();
        boolean runs = execute(shard, () -> {
            shard.onDequeued();
            shard.broadcast(target, frame);
            frame.release();
        });
        if (!runs) {
            shard.onDequeued();
            frame.release();
        }
    }

    /// Runs an action with each member of `target`, on the member's own loop.
    public void forEach(Target target, Consumer<Member> action) {
        for (var shard : shards) {
            if (shard.loop().inEventLoop()) {
                shard.members(target).forEach(action);
            } else {
                execute(shard, () -> shard.members(target).forEach(action));
            }
        }
    }

    /// False where the loop has stopped, as they do one after the other while a server closes: its members are
    /// gone.
    private static boolean execute(RoomShard shard, Runnable task) {
        try {
            shard.loop().execute(task);
            return true;
        } catch (RejectedExecutionException _) {
            return false;
        }
    }

    /// Applies a function to each member of `target`, on the member's own loop, and gathers the answers. `queued`
    /// as in [#broadcast].
    public <T> CompletionStage<List<T>> gather(Target target, Function<Member, T> question, boolean queued) {
        return gatherFromShards(
                shard -> shard.members(target).stream().map(question).toList(), queued);
    }

    /// The names of the rooms that have a member on any loop, the ids of the members among them.
    public CompletionStage<Set<String>> names() {
        return gatherFromShards(shard -> List.copyOf(shard.names()), false).thenApply(Set::copyOf);
    }

    private <T> CompletionStage<List<T>> gatherFromShards(Function<RoomShard, List<T>> question, boolean queued) {
        var answers = new ArrayList<CompletableFuture<List<T>>>();
        for (var shard : shards) {
            var answer = new CompletableFuture<List<T>>();
            answers.add(answer);
            Runnable ask = () -> {
                try {
                    answer.complete(question.apply(shard));
                } catch (RuntimeException e) {
                    answer.completeExceptionally(e);
                }
            };
            if (!queued && shard.loop().inEventLoop()) {
                ask.run();
            } else if (!execute(shard, ask)) {
                answer.complete(List.of());
            }
        }
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenApply(_ -> answers.stream().flatMap(a -> a.join().stream()).toList());
    }
}
