package waybill.server.adminui;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.regex.Pattern;
import org.springframework.security.crypto.bcrypt.BCrypt;

/// A password as bcrypt stores it: `$2b$12$…`, also as `htpasswd -B` or the bcrypt module of Node.js writes it.
/// Immutable.
public final class PasswordHash {

    /// One verification takes a fraction of a second with it.
    private static final int COST = 12;

    /// With a higher cost one verification would take many seconds.
    private static final int COST_MAX = 16;

    private static final int COST_MIN = 10;
    private static final int CHARACTERS_MIN = 8;

    /// What bcrypt takes into account of a password.
    private static final int BYTES_MAX = 72;

    private static final Pattern FORM = Pattern.compile("\\$2[aby]\\$(\\d\\d)\\$[./A-Za-z0-9]{53}");

    private final String text;

    private PasswordHash(String text) {
        this.text = text;
    }

    /// Rejects any text that is no such hash.
    public static PasswordHash parse(String text) {
        var form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException("admin-ui-password-hash: not a hash of bcrypt (expected: $2b$12$ and 53"
                    + " characters, as ./waybill admin-password prints)");
        }
        int cost = Integer.parseInt(form.group(1));
        if (cost < COST_MIN || cost > COST_MAX) {
            throw new IllegalArgumentException(
                    "admin-ui-password-hash: cost " + cost + " (expected: " + COST_MIN + ".." + COST_MAX + ")");
        }
        return new PasswordHash(text.strip());
    }

    /// Hashes a password with a salt of its own.
    public static PasswordHash of(String password, SecureRandom random) {
        int bytes = password.getBytes(StandardCharsets.UTF_8).length;
        if (password.length() < CHARACTERS_MIN || bytes > BYTES_MAX) {
            throw new IllegalArgumentException("password: " + password.length() + " characters, " + bytes
                    + " bytes (expected: at least " + CHARACTERS_MIN + " characters, and at most " + BYTES_MAX
                    + " bytes)");
        }
        return new PasswordHash(BCrypt.hashpw(password, BCrypt.gensalt("$2b", COST, random)));
    }

    /// Whether it is the hash of that password. Takes a fraction of a second of a processor, so not for event loops.
    boolean matches(String password) {
        return password.getBytes(StandardCharsets.UTF_8).length <= BYTES_MAX && BCrypt.checkpw(password, text);
    }

    /// The hash, for the file or variable that the hub reads.
    public String text() {
        return text;
    }

    @Override
    public String toString() {
        return "PasswordHash";
    }
}
