package waybill.cli.caps;

/// The shapes in which the hub sends parcels, named as a client asks for them.
public enum Profile {
    /// The payload as its sender sent it.
    phase2,
    /// The payload in an envelope: `{event, messageId, clientId, order}`.
    phase3,
    /// The payload's own fields and the envelope's beside them.
    merged
}
