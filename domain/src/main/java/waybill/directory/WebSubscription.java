package waybill.directory;

/// What a browser gives to a page that subscribes to Web Push.
///
/// @param endpoint the address of the browser at its push service
/// @param p256dh the browser's public key, in base64url
/// @param auth the secret of the subscription, in base64url
public record WebSubscription(String endpoint, String p256dh, String auth) {

    /// Without the secret.
    @Override
    public String toString() {
        return "WebSubscription[" + endpoint + "]";
    }
}
