package waybill.cli.caps;

/// The forms in which the hub sends parcels, named as in the handshake.
public enum Profile {
    /// The payload as its sender sent it.
    phase2,
    /// The payload in an envelope: `{event, messageId, clientId, order}`.
    phase3,
    /// The fields of the payload and of the envelope in one object.
    merged
}
