package waybill.cli.kill;

import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.json.JSONObject;
import waybill.cli.caps.Answer;
import waybill.cli.caps.App;
import waybill.cli.caps.Line;
import waybill.cli.caps.Parcel;

/// A line to the hub with a witness to what is said on it, in both directions. Lives on its app's thread.
final class WatchedLine implements Line {

    private final Line line;
    private final Witness witness;
    private final Set<Object> unanswered = new HashSet<>();

    WatchedLine(Line line, Witness witness) {
        this.line = line;
        this.witness = witness;
    }

    @Override
    public void say(String event, JSONObject body, Consumer<Answer> answered) {
        var message = new Object();
        unanswered.add(message);
        witness.said(message);
        line.say(event, body, answer -> {
            if (event.equals("received")
                    && body.getString("event").equals("delivered")
                    && answer instanceof Answer.Done) {
                witness.received(Parcel.of(body).orElseThrow().key());
            }
            answered.accept(answer);
            unanswered.remove(message);
            witness.answered(message);
        });
    }

    /// The app, with `hears` told of every message before the app is.
    App watching(App app, BiConsumer<String, Parcel> hears) {
        return new App() {
            @Override
            public void connected() {
                app.connected();
            }

            @Override
            public void disconnected() {
                witness.forgotten(unanswered);
                unanswered.clear();
                app.disconnected();
            }

            @Override
            public void heard(String event, JSONObject message) {
                hears.accept(event, Parcel.of(message).orElseThrow());
                app.heard(event, message);
            }
        };
    }
}
