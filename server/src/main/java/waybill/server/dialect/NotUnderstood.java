package waybill.server.dialect;

/// Ends the reading of a payload that makes no sense. It has no stack, because it is an answer and not an accident.
final class NotUnderstood extends Exception {

    private final String field;

    /// `message` begins with the field and says what it was and what was expected.
    NotUnderstood(String field, String message) {
        super(message, null, false, false);
        this.field = field;
    }

    String field() {
        return field;
    }

    /// The same of one element of a list, whose place stands in front of the field.
    Rejection rejection(int index) {
        var place = "[" + index + "]";
        var text = String.valueOf(getMessage());
        var name = field.equals(place) ? "payload" : field.substring(place.length() + 1);
        return new Rejection(index, name, name + text.substring(field.length()));
    }

    Heard.Malformed heard() {
        return new Heard.Malformed(field, String.valueOf(getMessage()));
    }
}
