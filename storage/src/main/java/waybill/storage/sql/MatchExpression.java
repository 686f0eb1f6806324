package waybill.storage.sql;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import waybill.order.OrderSearch;

/// A search as an expression of the full-text index. Each word is quoted and has letters and digits only, so nothing
/// that
/// a user writes is syntax.
///
/// An index may have lists of the orders with a beginning of up to some characters; of a longer one it merges the lists
/// of all words, all of which it then reads. The approximate expression has the beginning cut instead.
public record MatchExpression(OrderSearch search, String scopeWord, Syntax syntax) {

    /// How a full-text index is asked.
    ///
    /// @param beginningMax the longest beginning that it has a list of orders for
    /// @param quote stands around each word
    /// @param beginning follows a word that is the beginning of others
    public record Syntax(int beginningMax, String quote, String and, String or, String beginning) {}

    /// Orders that an approximate expression finds which are compared to estimate how good it is.
    static final int SAMPLED = 50;

    /// One of so many must be searched for.
    static final int SHARE_MIN = 10;

    boolean isApproximate() {
        return search.alternatives().stream().anyMatch(words -> length(words.last()) > syntax.beginningMax);
    }

    String exact() {
        return expression(Integer.MAX_VALUE);
    }

    String approximate() {
        return expression(syntax.beginningMax);
    }

    private String expression(int beginningMax) {
        var words = search.alternatives().stream()
                .map(one -> "(" + expression(one, beginningMax) + ")")
                .collect(Collectors.joining(syntax.or));
        return scopeWord.isEmpty() ? words : quoted(scopeWord) + syntax.and + "(" + words + ")";
    }

    private String expression(OrderSearch.Words words, int beginningMax) {
        var last = length(words.last()) <= beginningMax
                ? words.last()
                : words.last().substring(0, words.last().offsetByCodePoints(0, beginningMax));
        return Stream.concat(
                        words.whole().stream().map(this::quoted),
                        Stream.of(quoted(last) + (words.isPrefix() ? syntax.beginning : "")))
                .collect(Collectors.joining(syntax.and));
    }

    private String quoted(String word) {
        return syntax.quote + word + syntax.quote;
    }

    private static int length(String word) {
        return word.codePointCount(0, word.length());
    }
}
