package waybill.notification;

import java.util.regex.Pattern;

/// Which texts are addresses for e-mail. Narrower than the standard: an address is written into a header, so it has no
/// space, control character, comma, quote or bracket.
public final class MailAddresses {

    public static final int LENGTH_MAX = 254;

    private static final Pattern ADDRESS =
            Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
                    + "(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*");

    private MailAddresses() {}

    public static boolean isValid(String text) {
        return text.length() <= LENGTH_MAX && ADDRESS.matcher(text).matches();
    }
}
