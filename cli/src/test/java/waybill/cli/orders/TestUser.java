package waybill.cli.orders;

import org.json.JSONObject;

/// A user with a role and a token.
///
/// @param store the store of a merchant; empty for other roles
public record TestUser(String id, String role, String store) {

    public static TestUser customer(String id) {
        return new TestUser(id, "customer", "");
    }

    public static TestUser merchant(String id, String store) {
        return new TestUser(id, "merchant", store);
    }

    public static TestUser driver(String id) {
        return new TestUser(id, "driver", "");
    }

    public static TestUser admin(String id) {
        return new TestUser(id, "admin", "");
    }

    /// The claims of the user's token.
    public JSONObject claims() {
        var claims = new JSONObject().put("sub", id).put("role", role).put("name", "Name of " + id);
        return store.isEmpty() ? claims : claims.put("store", store);
    }
}
