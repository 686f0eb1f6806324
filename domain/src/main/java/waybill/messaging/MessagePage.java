package waybill.messaging;

import java.util.List;

/// Some messages of a queue, oldest first.
///
/// @param hasMore whether more messages follow
public record MessagePage(List<QueuedMessage> messages, boolean hasMore) {

    public MessagePage {
        messages = List.copyOf(messages);
    }

    /// A page ends after `messagesMax` messages, or with the message at which the documents together reach
    /// `charactersMax`. It has at least one message, however long, if there is one.
    public record PageLimit(int messagesMax, int charactersMax) {

        public PageLimit {
            if (messagesMax < 1 || charactersMax < 1) {
                throw new IllegalArgumentException("messagesMax, charactersMax: " + messagesMax + ", " + charactersMax
                        + " (expected: at least 1)");
            }
        }

        public static PageLimit ofMessages(int messages) {
            return new PageLimit(messages, Integer.MAX_VALUE);
        }
    }
}
