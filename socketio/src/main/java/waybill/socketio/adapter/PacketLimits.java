package waybill.socketio.adapter;

/// How much one packet may bring or carry. Immutable; each `with` gives a changed copy.
///
/// @param attachmentsMax how many binary attachments a packet of the client may have
/// @param sentAttachmentsMax how many a packet to the client may have; the official clients refuse more than ten
/// @param bytesMax how many bytes a packet may have together with its attachments
/// @param authMax how many characters of JSON a client may send along when it joins a namespace
/// @param namespaceMax how many characters the name of a namespace may have
/// @param eventMax how many characters of JSON the name of an event may have
/// @param depthMax how deep its arrays and objects may nest
public record PacketLimits(
        int attachmentsMax,
        int sentAttachmentsMax,
        int bytesMax,
        int authMax,
        int namespaceMax,
        int eventMax,
        int depthMax) {

    private static final int ATTACHMENTS_MAX = 10;
    private static final int BYTES_MAX = 1_000_000;
    private static final int AUTH_MAX = 65_536;
    private static final int NAMESPACE_MAX = 256;
    private static final int EVENT_MAX = 1_024;

    /// How deep JSON may nest where nothing else is set; what is sent may not nest deeper either.
    public static final int DEPTH_MAX = 128;

    /// More would not leave the reader, which calls itself for each level, enough stack.
    private static final int DEPTH_UPPER_BOUND = 1_000;

    public PacketLimits {
        if (depthMax < 1 || depthMax > DEPTH_UPPER_BOUND) {
            throw new IllegalArgumentException("depthMax: " + depthMax + " (expected: 1.." + DEPTH_UPPER_BOUND + ")");
        }
    }

    public static PacketLimits defaults() {
        return new PacketLimits(
                ATTACHMENTS_MAX, ATTACHMENTS_MAX, BYTES_MAX, AUTH_MAX, NAMESPACE_MAX, EVENT_MAX, DEPTH_MAX);
    }

    public PacketLimits withAttachmentsMax(int value) {
        return new PacketLimits(value, sentAttachmentsMax, bytesMax, authMax, namespaceMax, eventMax, depthMax);
    }

    public PacketLimits withSentAttachmentsMax(int value) {
        return new PacketLimits(attachmentsMax, value, bytesMax, authMax, namespaceMax, eventMax, depthMax);
    }

    public PacketLimits withBytesMax(int value) {
        return new PacketLimits(attachmentsMax, sentAttachmentsMax, value, authMax, namespaceMax, eventMax, depthMax);
    }

    public PacketLimits withAuthMax(int value) {
        return new PacketLimits(attachmentsMax, sentAttachmentsMax, bytesMax, value, namespaceMax, eventMax, depthMax);
    }

    public PacketLimits withNamespaceMax(int value) {
        return new PacketLimits(attachmentsMax, sentAttachmentsMax, bytesMax, authMax, value, eventMax, depthMax);
    }

    public PacketLimits withEventMax(int value) {
        return new PacketLimits(attachmentsMax, sentAttachmentsMax, bytesMax, authMax, namespaceMax, value, depthMax);
    }

    public PacketLimits withDepthMax(int value) {
        return new PacketLimits(attachmentsMax, sentAttachmentsMax, bytesMax, authMax, namespaceMax, eventMax, value);
    }
}
