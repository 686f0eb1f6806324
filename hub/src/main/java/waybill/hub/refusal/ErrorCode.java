package waybill.hub.refusal;

/// The error codes that clients know, over HTTP and sockets alike.
public enum ErrorCode {
    INVALID("invalid"),
    UNAUTHENTICATED("unauthenticated"),
    FORBIDDEN("forbidden"),
    NOT_FOUND("not_found"),
    CONFLICT("conflict"),
    TOO_LARGE("too_large"),
    RATE_LIMITED("rate_limited"),
    UNAVAILABLE("unavailable"),

    /// An error of the hub itself: clients treat it like one that passes.
    INTERNAL("unavailable");

    private final String wireName;

    ErrorCode(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }
}
