package waybill.socketio.adapter;

/// How a message is sent. `key` counts for [FrameKind#LATEST] alone.
public record FrameOptions(FrameKind kind, String key, boolean compress) {

    public static final FrameOptions RELIABLE = new FrameOptions(FrameKind.RELIABLE, "", true);

    public FrameOptions withKind(FrameKind changed) {
        return new FrameOptions(changed, key, compress);
    }

    public FrameOptions withKey(String changed) {
        return new FrameOptions(FrameKind.LATEST, changed, compress);
    }

    public FrameOptions withCompress(boolean changed) {
        return new FrameOptions(kind, key, changed);
    }
}
