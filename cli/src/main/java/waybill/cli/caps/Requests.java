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

    public Requests(Line line, Later later, Consumer<News> tell) {
        this.line = line;
        this.later = later;
        this.tell = tell;
    }

    public void connected() {
        lines++;
        isConnected = true;
    }

    public void disconnected() {
        isConnected = false;
    }

    public void say(String event, JSONObject body) {
        say(event, body, lines, TRIES_MAX);
    }

    private void say(String event, JSONObject body, int saidOn, int triesLeft) {
        if (!isConnected || saidOn != lines) {
            return;
        }
        line.say(event, body, answer -> {
            switch (answer) {
                case Answer.Done _ -> {}
                case Answer.Refused refused
                when refused.isPassing() && triesLeft > 1 ->
                    later.after(refused.retryAfter(), () -> say(event, body, saidOn, triesLeft - 1));
                case Answer.Refused(var code, var message, var _) ->
                    tell.accept(new News.Refused(event, code, message));
            }
        });
    }
}
