package waybill.server.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Consumer;

/// Something that a client wants done. It is sent again until it is answered, so it may arrive more than once.
final class Command {

    final String event;
    final String payload;
    private final Consumer<JsonNode> onAnswer;
    int ackId = -1; // on the present connection
    long sentAtMs;
    private boolean isAnswered;

    /// @param onAnswer receives the final answer
    Command(String event, String payload, Consumer<JsonNode> onAnswer) {
        this.event = event;
        this.payload = payload;
        this.onAnswer = onAnswer;
    }

    boolean isAnswered() {
        return isAnswered;
    }

    void answer(JsonNode answer) {
        isAnswered = true;
        onAnswer.accept(answer);
    }
}
