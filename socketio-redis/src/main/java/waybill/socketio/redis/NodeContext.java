package waybill.socketio.redis;

import java.util.concurrent.ThreadLocalRandom;

/// This node among the others: its name on the wire, and how it reaches them.
record NodeContext(String id, RedisConfig config, RedisLink link) {

    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int ID_LENGTH = 12;

    /// A name that no other node has.
    static String newId() {
        var random = ThreadLocalRandom.current();
        var id = new StringBuilder(ID_LENGTH);
        for (int i = 0; i < ID_LENGTH; i++) {
            id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }

    String newRequestId() {
        return newId();
    }
}
