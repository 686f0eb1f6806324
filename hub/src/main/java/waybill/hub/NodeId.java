package waybill.hub;

import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// The name of a hub among those that share a store.
public record NodeId(String name) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private static final int RANDOM_BYTES = 6;

    public NodeId {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "node: " + name.length() + " characters (expected: 1..64 letters, digits, '.', '_' or '-')");
        }
    }

    /// A name that no other node has.
    public static NodeId random(RandomGenerator random) {
        var bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return new NodeId(HexFormat.of().formatHex(bytes));
    }

    @Override
    public String toString() {
        return name;
    }
}
