package waybill.storage.sqlite;

import waybill.storage.sql.MatchExpression;
import waybill.storage.sql.SqlDialect;

/// The SQL of SQLite, with its full-text index FTS5.
public enum SqliteDialect implements SqlDialect {
    SQLITE;

    /// The index has lists for beginnings of up to six characters, as its table says.
    private static final MatchExpression.Syntax FTS5 = new MatchExpression.Syntax(6, "\"", " AND ", " OR ", " *");

    @Override
    public String translate(String sql) {
        return sql;
    }

    @Override
    public String writeProbe(int bytes) {
        return "INSERT INTO probe (id, filler) VALUES (1, randomblob(" + bytes
                + ")) ON CONFLICT (id) DO UPDATE SET filler = excluded.filler";
    }

    @Override
    public String insertWords() {
        return "INSERT INTO order_word (rowid, words) VALUES (?, ?)";
    }

    @Override
    public String matchesWords() {
        return "w.order_word MATCH ?";
    }

    @Override
    public MatchExpression.Syntax matchSyntax() {
        return FTS5;
    }
}
