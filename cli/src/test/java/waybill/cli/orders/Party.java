package waybill.cli.orders;

import org.json.JSONObject;

/// Somebody with a role, who shows who they are with a token.
///
/// @param store what a merchant speaks for; empty for everybody else
public record Party(String id, String role, String store) {

    public static Party customer(String id) {
        return new Party(id, "customer", "");
    }

    public static Party merchant(String id, String store) {
        return new Party(id, "merchant", store);
    }

    public static Party driver(String id) {
        return new Party(id, "driver", "");
    }

    public static Party admin(String id) {
        return new Party(id, "admin", "");
    }

    /// What a token claims of them.
    public JSONObject claims() {
        var claims = new JSONObject().put("sub", id).put("role", role).put("name", "Name of " + id);
        return store.isEmpty() ? claims : claims.put("store", store);
    }
}
