package waybill.server.adminui;

/// The account of the Admin UI.
///
/// @param user the name that an administrator signs in with
/// @param isReadOnly whether commands are refused
public record AdminUiConfig(String user, PasswordHash passwordHash, boolean isReadOnly) {

    private static final int USER_MAX = 60;

    public AdminUiConfig {
        if (user.isBlank() || user.length() > USER_MAX) {
            throw new IllegalArgumentException(
                    "admin-ui-user: " + user.length() + " characters (expected: 1.." + USER_MAX + ", not blank)");
        }
    }
}
