package waybill.server.identity;

import waybill.server.identity.Verification.Rejected;

/// Ends the verification of an invalid token; never leaves this package.
final class TokenRejected extends Exception {

    final transient Rejected rejected;

    TokenRejected(Rejected rejected) {
        super(rejected.message(), null, false, false); // an error of the client, so it has no stack trace
        this.rejected = rejected;
    }

    TokenRejected(String message) {
        this(Rejected.unauthenticated(message));
    }

    /// A part of a token that a message may contain.
    static String excerpt(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
