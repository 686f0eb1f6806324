package waybill.mailbox;

import java.util.List;

/// Some of the letters of a queue, oldest first.
///
/// @param hasMore whether there are more behind them
public record LetterPage(List<Letter> letters, boolean hasMore) {

    public LetterPage {
        letters = List.copyOf(letters);
    }

    /// Where a page ends: after so many letters, or with the first whose payloads together reach so many characters. A
    /// page has at least one letter, however long, if there is one.
    public record Limit(int letters, int characters) {

        public Limit {
            if (letters < 1 || characters < 1) {
                throw new IllegalArgumentException(
                        "letters, characters: " + letters + ", " + characters + " (expected: at least 1)");
            }
        }

        /// As many letters, however long.
        public static Limit of(int letters) {
            return new Limit(letters, Integer.MAX_VALUE);
        }
    }
}
