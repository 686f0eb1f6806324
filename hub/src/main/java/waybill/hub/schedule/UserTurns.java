package waybill.hub.schedule;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/// Lets few pieces of work that take much memory or many reads go on at a time, and few of them be of one user, so that
/// one user who asks for much does not keep the others waiting. Users take turns. Thread-safe.
public final class UserTurns {

    private final int atOnceMax;
    private final int ofUserMax;
    private final int waitingMax;
    private final LinkedHashMap<String, User> users = new LinkedHashMap<>();
    private int turns;
    private int waiting;

    private static final class User {
        final ArrayDeque<Runnable> waiting = new ArrayDeque<>(1);
        int turns;
    }

    /// @param atOnceMax turns at a time
    /// @param ofUserMax of them, turns of one user
    /// @param waitingMax turns that are waited for; one more is refused
    public UserTurns(int atOnceMax, int ofUserMax, int waitingMax) {
        this.atOnceMax = atOnceMax;
        this.ofUserMax = ofUserMax;
        this.waitingMax = waitingMax;
    }

    /// Runs `turn` when it may, at once or on the thread that ends another turn; [#end] ends it. False when too many
    /// wait.
    public boolean await(String user, Runnable turn) {
        synchronized (this) {
            if (waiting >= waitingMax) {
                return false;
            }
            add(user, turn);
        }
        runNext();
        return true;
    }

    /// Ends a turn of a user, whose work goes on with `next` in another turn, however many wait.
    public void endAndAwait(String user, Runnable next) {
        synchronized (this) {
            release(user);
            add(user, next);
        }
        runNext();
    }

    /// Ends a turn of a user.
    public void end(String user) {
        synchronized (this) {
            release(user);
        }
        runNext();
    }

    private void add(String user, Runnable turn) {
        users.computeIfAbsent(user, _ -> new User()).waiting.add(turn);
        waiting++;
    }

    /// A user whose turn ends is behind all others who wait.
    private void release(String user) {
        turns--;
        var known = users.remove(user);
        if (known != null) {
            known.turns--;
            if (known.turns > 0 || !known.waiting.isEmpty()) {
                users.put(user, known);
            }
        }
    }

    private void runNext() {
        for (var turn = take(); turn != null; turn = take()) {
            turn.run();
        }
    }

    /// Of the users who may have a turn, the one who has had none for longest.
    private synchronized @Nullable Runnable take() {
        if (turns >= atOnceMax) {
            return null;
        }
        for (var entry : users.entrySet()) {
            var user = entry.getValue();
            if (user.turns < ofUserMax && !user.waiting.isEmpty()) {
                user.turns++;
                turns++;
                waiting--;
                users.putLast(entry.getKey(), user);
                return user.waiting.poll();
            }
        }
        return null;
    }
}
