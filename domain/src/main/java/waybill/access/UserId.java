package waybill.access;

/// The id of a user: role and id together, since an issuer may number its customers and its drivers apart. Customer 7
/// and driver 7 are two users in rooms, mailboxes and limits.
public record UserId(Role role, String id) {

    /// The stored form: `driver:7`. It is unique, since no role name contains a colon.
    @Override
    public String toString() {
        return role.wireName() + ":" + id;
    }

    /// Parses what [#toString] wrote.
    public static UserId parse(String text) {
        var colon = text.indexOf(':');
        var role = Role.parse(text.substring(0, Math.max(0, colon)));
        if (role.isEmpty()) {
            throw new IllegalArgumentException("user: " + text + " (expected: role:id)");
        }
        return new UserId(role.get(), text.substring(colon + 1));
    }
}
