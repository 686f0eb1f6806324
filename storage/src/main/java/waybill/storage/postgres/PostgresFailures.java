package waybill.storage.postgres;

import java.sql.SQLException;
import waybill.storage.sql.FailureClassifier;
import waybill.storage.sql.StorageException;

/// Classifies failures by their SQLSTATE.
public enum PostgresFailures implements FailureClassifier {
    POSTGRES;

    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    private static final String CORRUPTED_TABLE = "XX001";
    private static final String CORRUPTED_INDEX = "XX002";
    private static final String QUERY_CANCELED = "57014";
    private static final int CLASS_LENGTH = 2;

    /// What has no SQLSTATE is a failure of the connection.
    @Override
    public boolean isTransient(Throwable failure) {
        if (!(cause(failure) instanceof SQLException sql)) {
            return false;
        }
        var state = state(sql);
        return switch (classOf(state)) {
            // data, constraints, syntax and names, and what a statement may hold
            case "21", "22", "23", "42", "44", "54", "0A", "P0" -> state.equals(INSUFFICIENT_PRIVILEGE);
            default -> true; // an open list: what PostgreSQL adds to it is a failure of the server or the connection
        };
    }

    /// Whether the server or the network has ended the connection.
    static boolean isConnectionLost(SQLException failure) {
        return switch (classOf(state(failure))) {
            case "08", "57" -> !state(failure).equals(QUERY_CANCELED);
            default -> false;
        };
    }

    @Override
    public boolean isCorruption(Throwable failure) {
        return cause(failure) instanceof SQLException sql
                && switch (state(sql)) {
                    case CORRUPTED_TABLE, CORRUPTED_INDEX -> true;
                    default -> false;
                };
    }

    @Override
    public String describe(Throwable failure) {
        if (cause(failure) instanceof SQLException sql) {
            var state = state(sql);
            return state.isEmpty() ? "PostgreSQL does not respond" : "SQLSTATE " + state + " (" + describe(state) + ")";
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    private static String describe(String state) {
        return switch (classOf(state)) {
            case "08" -> "no connection to PostgreSQL";
            case "22" -> "a value that PostgreSQL cannot store";
            case "23" -> "a constraint";
            case "25" -> "the transaction was ended, or the server is read-only";
            case "28" -> "the user or its password is not accepted";
            case "3D" -> "there is no such database";
            case "40" -> "a conflict with another transaction";
            case "42" -> state.equals(INSUFFICIENT_PRIVILEGE) ? "the user lacks a privilege" : "a statement";
            case "53" -> "PostgreSQL has no disk space, memory or connection left";
            case "55" -> "another process holds a lock";
            case "57" -> "PostgreSQL is starting or stopping, or cancelled the statement";
            case "58" -> "PostgreSQL cannot read or write its files";
            default -> "an error of PostgreSQL";
        };
    }

    private static Throwable cause(Throwable failure) {
        var cause = failure.getCause();
        return failure instanceof StorageException && cause != null ? cause : failure;
    }

    private static String state(SQLException failure) {
        return failure.getSQLState() == null ? "" : failure.getSQLState();
    }

    private static String classOf(String state) {
        return state.length() < CLASS_LENGTH ? "" : state.substring(0, CLASS_LENGTH);
    }
}
