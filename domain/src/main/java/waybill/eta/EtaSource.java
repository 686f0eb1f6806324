package waybill.eta;

import java.util.Locale;

/// Where an estimated time of arrival comes from.
public enum EtaSource {
    /// The hub's own model, which learns from finished deliveries.
    LEARNT,

    /// A routing service or engine.
    ROUTED,

    /// The store or another system has set it.
    STORE;

    /// Its name in the payloads of clients.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
