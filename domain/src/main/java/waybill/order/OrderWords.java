package waybill.order;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The words by which an order is found: those of its number, its sender's ids, its customer, its delivery address and
/// the names of its products.
///
/// A word is a run of letters and digits in lower case, without diacritics, so that `Døe` is found as `doe`. All text
/// is split by [#split], that of orders and that of users, so that every store finds the same.
public final class OrderWords {

    /// Words of one order. Of an order with more, the others do not find it; those of its products come last.
    public static final int WORDS_MAX = 256;

    /// Characters of a word. The rest of a longer one is ignored.
    public static final int CHARACTERS_MAX = 32;

    /// Letters that Unicode does not decompose, as users without them on their keyboards type them.
    private static final Map<Integer, String> PLAIN_LETTERS = Map.of(
            (int) 'ø', "o",
            (int) 'æ', "ae",
            (int) 'œ', "oe",
            (int) 'ß', "ss",
            (int) 'ł', "l",
            (int) 'đ', "d",
            (int) 'ð', "d",
            (int) 'þ', "th",
            (int) 'ı', "i");

    private OrderWords() {}

    public static Set<String> of(Order order) {
        var words = new LinkedHashSet<>(split(order.number()));
        if (!order.messageId().equals(order.id().toString())) {
            words.addAll(split(order.messageId()));
        }
        if (!order.foreignId().equals(order.messageId())) {
            words.addAll(split(order.foreignId()));
        }
        var details = order.details();
        words.addAll(split(details.customerName()));
        details.customerPhone().ifPresent(phone -> addPhone(words, phone));
        words.addAll(split(details.dropoff().text()));
        details.items().stream()
                .takeWhile(_ -> words.size() < WORDS_MAX)
                .forEach(item -> words.addAll(split(item.name())));
        return words.size() <= WORDS_MAX
                ? words
                : new LinkedHashSet<>(List.copyOf(words).subList(0, WORDS_MAX));
    }

    /// A phone number is found by its parts and without the spaces between them.
    private static void addPhone(Set<String> words, String phone) {
        var parts = split(phone);
        words.addAll(parts);
        words.addAll(split(String.join("", parts)));
    }

    /// The words of a text, in its order.
    public static List<String> split(String text) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        var characters = 0;
        for (var character : (Iterable<Integer>) fold(text).codePoints()::iterator) {
            if (isDiacritic(character)) {
                continue;
            }
            if (!isPartOfWord(character)) {
                add(words, word);
                characters = 0;
            } else if (characters < CHARACTERS_MAX) {
                word.appendCodePoint(character);
                characters++;
            }
        }
        add(words, word);
        return words;
    }

    private static void add(List<String> words, StringBuilder word) {
        if (!word.isEmpty()) {
            words.add(word.toString());
            word.setLength(0);
        }
    }

    private static String fold(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        if (lower.chars().allMatch(character -> character < 128)) {
            return lower;
        }
        var folded = new StringBuilder();
        Normalizer.normalize(lower, Normalizer.Form.NFKD).codePoints().forEach(character -> {
            var plain = PLAIN_LETTERS.get(character);
            if (plain == null) {
                folded.appendCodePoint(character);
            } else {
                folded.append(plain);
            }
        });
        return folded.toString();
    }

    private static boolean isDiacritic(int character) {
        return Character.UnicodeBlock.COMBINING_DIACRITICAL_MARKS.equals(Character.UnicodeBlock.of(character));
    }

    /// The vowel signs of some scripts are marks and not letters.
    private static boolean isPartOfWord(int character) {
        return Character.isLetterOrDigit(character)
                || Character.getType(character) == Character.NON_SPACING_MARK
                || Character.getType(character) == Character.COMBINING_SPACING_MARK;
    }
}
