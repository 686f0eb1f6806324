package waybill.outbound;

import java.util.Locale;

/// The way by which a job is delivered.
public enum Channel {
    WEBHOOK,
    PUSH,
    MAIL;

    /// In metrics, logs and REST.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
