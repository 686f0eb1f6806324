package waybill.messaging;

import java.util.List;

/// Some of the letters of a queue, oldest first.
///
/// @param hasMore whether there are more behind them
public record MessagePage(List<QueuedMessage> messages, boolean hasMore) {

    public MessagePage {
        messages = List.copyOf(messages);
    }

    /// Where a page ends: after so many letters, or with the first whose payloads together reach so many characters. A
    /// page has at least one letter, however long, if there is one.
    public record PageLimit(int messagesMax, int charactersMax) {

        public PageLimit {
            if (messagesMax < 1 || charactersMax < 1) {
                throw new IllegalArgumentException(
                        "letters, characters: " + messagesMax + ", " + charactersMax + " (expected: at least 1)");
            }
        }

        /// As many letters, however long.
        public static PageLimit ofMessages(int letters) {
            return new PageLimit(letters, Integer.MAX_VALUE);
        }
    }
}
