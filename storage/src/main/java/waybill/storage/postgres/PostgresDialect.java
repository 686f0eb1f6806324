package waybill.storage.postgres;

import waybill.storage.sql.MatchExpression;
import waybill.storage.sql.SqlDialect;

/// The SQL of PostgreSQL, with words as a `tsvector`.
public enum PostgresDialect implements SqlDialect {
    POSTGRES;

    /// An index finds beginnings of any length.
    private static final MatchExpression.Syntax TSQUERY =
            new MatchExpression.Syntax(Integer.MAX_VALUE, "'", " & ", " | ", ":*");

    /// Bytes of a hash of random text.
    private static final int HASH_BYTES = 16;

    private static final String EVENTS_OF_ORDER = "(SELECT position FROM event WHERE order_row = ?)";

    /// PostgreSQL chooses the order of tables by itself, and has no condition after `CROSS JOIN`. It does not know of a
    /// table that it has not analyzed that the events of an order are few: as an array they come first.
    @Override
    public String translate(String sql) {
        return sql.replace("CROSS JOIN", "JOIN")
                .replace("IN " + EVENTS_OF_ORDER, "= ANY (ARRAY " + EVENTS_OF_ORDER + ")");
    }

    @Override
    public String writeProbe(int bytes) {
        return "INSERT INTO probe (id, filler) VALUES (1, decode(repeat(md5(random()::text), " + bytes / HASH_BYTES
                + "), 'hex')) ON CONFLICT (id) DO UPDATE SET filler = excluded.filler";
    }

    @Override
    public String insertWords() {
        return "INSERT INTO order_word (rowid, words)"
                + " VALUES (?, array_to_tsvector(array_remove(string_to_array(?, ' '), '')))";
    }

    @Override
    public String matchesWords() {
        return "w.words @@ CAST(? AS tsquery)";
    }

    @Override
    public MatchExpression.Syntax matchSyntax() {
        return TSQUERY;
    }
}
