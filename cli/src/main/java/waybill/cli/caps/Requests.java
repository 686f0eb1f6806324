package waybill.cli.caps;

import java.util.function.Consumer;
import org.json.JSONObject;

/// What an app says about itself rather than about an order: who it is, what it wants to hear, what it has
/// received. Lost with the line it was said on, for every new line begins with all of it. When the hub has no
/// room it is said again, [#TRIES_MAX] times in all, then told to the user and dropped.
public final class Requests {

    static final int TRIES_MAX = 10;

    private final Line line;
    private final Later later;
    private final Consumer<News> tell;
    private int lines;
    private boolean isConnected;
    private boolean isForbidden;

    public Requests(Line line, Later later, Consumer<News> tell) {
        this.line = line;
        this.later = later;
        this.tell = tell;
    }

    /// Whether the hub has refused something because it is not the app's to ask for.
    public boolean isForbidden() {
        return isForbidden;
    }

    /// A token that is not good for this app is refused with everything that is said: one line about it is enough.
    private void refused(String event, Answer.Refused refused) {
        if (!refused.code().equals("forbidden")) {
            tell.accept(new News.Refused(event, refused.code(), refused.message()));
        } else if (!isForbidden) {
            isForbidden = true;
            tell.accept(new News.TurnedAway(refused.code(), refused.message()));
        }
    }

    public void connected() {
        lines++;
        isConnected = true;
    }

    public void disconnected() {
        isConnected = false;
    }

    public void say(String event, JSONObject body) {
        say(event, body, () -> {});
    }

    /// Says it, and runs `settled` when the hub has answered for good: never if the line is lost before.
    public void say(String event, JSONObject body, Runnable settled) {
        say(event, body, settled, lines, TRIES_MAX);
    }

    private void say(String event, JSONObject body, Runnable settled, int saidOn, int triesLeft) {
        if (!isConnected || saidOn != lines) {
            return;
        }
        line.say(event, body, answer -> {
            switch (answer) {
                case Answer.Done _ -> settled.run();
                case Answer.Refused refused
                when refused.isPassing() && triesLeft > 1 ->
                    later.after(refused.retryAfter(), () -> say(event, body, settled, saidOn, triesLeft - 1));
                case Answer.Refused refused -> {
                    refused(event, refused);
                    settled.run();
                }
            }
        });
    }
}
