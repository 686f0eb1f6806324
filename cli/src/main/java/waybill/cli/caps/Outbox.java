package waybill.cli.caps;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.json.JSONObject;

/// What an app has to say and the hub has not answered, oldest first. It is said again, word for word, on
/// every new line and whenever the hub had no room, until the hub answers for good: giving up would lose an
/// order. The hub knows a message that it has heard before by its id, so saying it twice does no harm.
///
/// Holds at most `max` messages and takes no more: the app then stops making new ones.
public final class Outbox {

    private record Message(String event, JSONObject body, Consumer<Answer> answered) {}

    private final Line line;
    private final Later later;
    private final int max;
    private final SequencedMap<String, Message> messages = new LinkedHashMap<>();
    private boolean isConnected;

    public Outbox(Line line, Later later, int max) {
        this.line = line;
        this.later = later;
        this.max = max;
    }

    /// Takes a message and says it as soon as there is a line. `answered` hears the final answer, once.
    ///
    /// @param id of the message among those of its event
    /// @return whether there was room
    public boolean offer(String id, String event, JSONObject body, Consumer<Answer> answered) {
        if (messages.size() >= max) {
            return false;
        }
        var key = event + '/' + id;
        messages.put(key, new Message(event, body, answered));
        say(key);
        return true;
    }

    public boolean isEmpty() {
        return messages.isEmpty();
    }

    public void connected() {
        isConnected = true;
        List.copyOf(messages.keySet()).forEach(this::say);
    }

    public void disconnected() {
        isConnected = false;
    }

    private void say(String key) {
        var message = messages.get(key);
        if (isConnected && message != null) {
            line.say(message.event, message.body, answer -> hear(key, answer));
        }
    }

    private void hear(String key, Answer answer) {
        if (answer instanceof Answer.Refused refused && refused.isPassing()) {
            later.after(refused.retryAfter(), () -> say(key));
            return;
        }
        var message = messages.remove(key);
        if (message != null) { // else it was said twice and answered before
            message.answered.accept(answer);
        }
    }
}
