package waybill.server.doctor;

/// What was found about one thing that a hub needs.
///
/// @param subject the thing
/// @param text how it is, and unless it is good, what to do next
public record Finding(Level level, String subject, String text) {

    /// How bad it is.
    public enum Level {
        OK,
        /// The hub runs, and something will go wrong.
        WARNING,
        /// The hub does not start, or clients cannot use it.
        ERROR
    }

    static Finding ok(String subject, String text) {
        return new Finding(Level.OK, subject, text);
    }

    static Finding warning(String subject, String text) {
        return new Finding(Level.WARNING, subject, text);
    }

    public static Finding error(String subject, String text) {
        return new Finding(Level.ERROR, subject, text);
    }
}
