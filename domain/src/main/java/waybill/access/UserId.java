package waybill.access;

/// The id of a user: role and id together, for an issuer may number its customers and its drivers apart. Customer 7 and
/// driver 7 are two users, in rooms, mailboxes, limits and wherever else something is kept for one of them.
public record UserId(Role role, String id) {

    /// The form in which it is kept: `driver:7`. No two users have the same, since no word of a role has a colon.
    @Override
    public String toString() {
        return role.wireName() + ":" + id;
    }

    /// Reads what [#toString] wrote.
    public static UserId parse(String text) {
        var colon = text.indexOf(':');
        var role = Role.parse(text.substring(0, Math.max(0, colon)));
        if (role.isEmpty()) {
            throw new IllegalArgumentException("user: " + text + " (expected: role:id)");
        }
        return new UserId(role.get(), text.substring(colon + 1));
    }
}
