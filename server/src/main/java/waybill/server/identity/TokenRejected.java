package waybill.server.identity;

import waybill.server.identity.Verification.Rejected;

/// Ends the reading of a token that is not believed; never leaves this package.
final class TokenRejected extends Exception {

    final transient Rejected rejected;

    TokenRejected(Rejected rejected) {
        super(rejected.message(), null, false, false); // the bearer's mistake, so it must stay cheap
        this.rejected = rejected;
    }

    TokenRejected(String message) {
        this(Rejected.unauthenticated(message));
    }

    /// A part of a token as a message may repeat it.
    static String excerpt(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
