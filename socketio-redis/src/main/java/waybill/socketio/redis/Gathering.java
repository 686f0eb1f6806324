package waybill.socketio.redis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// The answers of the nodes that were asked: whole when each has answered, or when it is ended with those that have.
/// A monitor of a few lines.
final class Gathering<T> {

    /// What came, and how many nodes have not answered.
    record Answers<T>(List<T> items, int missing) {}

    private final CompletableFuture<Answers<T>> result = new CompletableFuture<>();
    private final List<T> items = new ArrayList<>();
    private int nodes = -1; // not known yet
    private int answered;

    CompletionStage<Answers<T>> result() {
        return result;
    }

    boolean isDone() {
        return result.isDone();
    }

    /// So many nodes were asked. They may have answered before this is known.
    void expect(int asked) {
        Answers<T> whole;
        synchronized (this) {
            nodes = asked;
            whole = answersIfWhole();
        }
        complete(whole);
    }

    void add(Collection<? extends T> answer) {
        Answers<T> whole;
        synchronized (this) {
            items.addAll(answer);
            answered++;
            whole = answersIfWhole();
        }
        complete(whole);
    }

    /// Waits no longer.
    void end() {
        Answers<T> some;
        synchronized (this) {
            some = new Answers<>(List.copyOf(items), Math.max(1, nodes - answered));
        }
        result.complete(some);
    }

    private @Nullable Answers<T> answersIfWhole() {
        return nodes >= 0 && answered >= nodes ? new Answers<>(List.copyOf(items), 0) : null;
    }

    private void complete(@Nullable Answers<T> whole) {
        if (whole != null) {
            result.complete(whole);
        }
    }
}
