package waybill.storage.sqlite;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import waybill.order.OrderSearch;

/// A search as an expression of the full-text index. Each word is quoted and has letters and digits only, so nothing
/// that
/// a user writes is syntax.
///
/// The index has lists of the orders with a beginning of up to [#BEGINNING_MAX] characters; of a longer one it merges
/// the lists of all words, all of which it then reads. The approximate expression has the beginning cut instead.
record MatchExpression(OrderSearch search, String scopeWord) {

    private static final int BEGINNING_MAX = 6;

    /// Orders that an approximate expression finds which are compared to estimate how good it is.
    static final int SAMPLED = 50;

    /// One of so many must be searched for.
    static final int SHARE_MIN = 10;

    boolean isApproximate() {
        return search.alternatives().stream().anyMatch(words -> length(words.last()) > BEGINNING_MAX);
    }

    String exact() {
        return expression(Integer.MAX_VALUE);
    }

    String approximate() {
        return expression(BEGINNING_MAX);
    }

    private String expression(int beginningMax) {
        var words = search.alternatives().stream()
                .map(one -> "(" + expression(one, beginningMax) + ")")
                .collect(Collectors.joining(" OR "));
        return scopeWord.isEmpty() ? words : quoted(scopeWord) + " AND (" + words + ")";
    }

    private static String expression(OrderSearch.Words words, int beginningMax) {
        var last = length(words.last()) <= beginningMax
                ? words.last()
                : words.last().substring(0, words.last().offsetByCodePoints(0, beginningMax));
        return Stream.concat(
                        words.whole().stream().map(MatchExpression::quoted),
                        Stream.of(quoted(last) + (words.isPrefix() ? " *" : "")))
                .collect(Collectors.joining(" AND "));
    }

    private static String quoted(String word) {
        return '"' + word + '"';
    }

    private static int length(String word) {
        return word.codePointCount(0, word.length());
    }
}
