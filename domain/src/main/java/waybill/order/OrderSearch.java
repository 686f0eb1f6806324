package waybill.order;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a user searches orders for. An order is found if it has all words of one of the alternatives.
public record OrderSearch(List<Words> alternatives) {

    /// Words that a user may search for at once.
    public static final int WORDS_MAX = 10;

    /// Characters from which on the last word is the beginning of a word.
    public static final int PREFIX_MIN = 2;

    /// Words that an order must have.
    ///
    /// @param whole words as they are
    /// @param last one more word, or its beginning
    public record Words(List<String> whole, String last) {

        public Words {
            whole = List.copyOf(whole);
        }

        public boolean isPrefix() {
            return last.codePointCount(0, last.length()) >= PREFIX_MIN;
        }

        boolean matches(Set<String> words) {
            return words.containsAll(whole)
                    && (words.contains(last) || (isPrefix() && words.stream().anyMatch(word -> word.startsWith(last))));
        }
    }

    public OrderSearch {
        alternatives = List.copyOf(alternatives);
    }

    /// Parses the text of a user. It has no syntax: whatever is not a letter or a digit parts words. Empty for a text
    /// without words or with more than [#WORDS_MAX].
    public static Optional<OrderSearch> parse(String text) {
        var words = OrderWords.split(text);
        if (words.isEmpty() || words.size() > WORDS_MAX) {
            return Optional.empty();
        }
        var alternatives = new ArrayList<Words>();
        alternatives.add(new Words(words.subList(0, words.size() - 1), words.getLast()));
        if (words.size() > 1 && isNumber(words)) { // a phone number, whose spaces may be elsewhere
            OrderWords.split(String.join("", words)).forEach(joined -> alternatives.add(new Words(List.of(), joined)));
        }
        return Optional.of(new OrderSearch(alternatives));
    }

    private static boolean isNumber(List<String> words) {
        return words.stream().allMatch(word -> word.codePoints().allMatch(Character::isDigit));
    }

    public boolean matches(Order order) {
        var words = OrderWords.of(order);
        return alternatives.stream().anyMatch(one -> one.matches(words));
    }
}
