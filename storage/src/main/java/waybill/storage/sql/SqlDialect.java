package waybill.storage.sql;

/// Where the SQL of SQLite and of PostgreSQL differs. All other texts are for both.
public interface SqlDialect {

    /// A text as this database takes it. In the texts, `a CROSS JOIN b ON …` asks for `a` to be read before `b`.
    String translate(String sql);

    /// A statement that writes that many bytes in the row of the probe.
    String writeProbe(int bytes);

    /// A statement that adds a row of the full-text index: its number, and its words with blanks between.
    String insertWords();

    /// The condition that a row `w` of the full-text index matches an expression.
    String matchesWords();

    /// How such an expression is written.
    MatchExpression.Syntax matchSyntax();
}
