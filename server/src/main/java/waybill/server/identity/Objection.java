package waybill.server.identity;

import waybill.server.identity.Verification.Refused;

/// Ends the reading of a token that is not believed; never leaves this package.
final class Objection extends Exception {

    final transient Refused refused;

    Objection(Refused refused) {
        super(refused.message(), null, false, false); // the bearer's mistake, so it must stay cheap
        this.refused = refused;
    }

    Objection(String message) {
        this(Refused.unauthenticated(message));
    }

    /// A part of a token as a message may repeat it.
    static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
