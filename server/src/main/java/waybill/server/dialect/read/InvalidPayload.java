package waybill.server.dialect.read;

import waybill.hub.position.RejectedPosition;
import waybill.server.dialect.ClientMessage;

/// Ends the parsing of an invalid payload. It has no stack trace, because it is an error of the client.
public final class InvalidPayload extends Exception {

    private final String field;

    /// `message` begins with the field and contains what came and what was expected.
    public InvalidPayload(String field, String message) {
        super(message, null, false, false);
        this.field = field;
    }

    public String field() {
        return field;
    }

    /// The same for one element of a list, whose index is in front of the field.
    RejectedPosition toRejectedPosition(int index) {
        var place = "[" + index + "]";
        var text = String.valueOf(getMessage());
        var name = field.equals(place) ? "payload" : field.substring(place.length() + 1);
        return new RejectedPosition(index, name, name + text.substring(field.length()));
    }

    ClientMessage.Malformed toMessage() {
        return new ClientMessage.Malformed(field, String.valueOf(getMessage()));
    }
}
