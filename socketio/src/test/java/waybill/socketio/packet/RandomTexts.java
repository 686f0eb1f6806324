package waybill.socketio.packet;

import java.util.List;
import java.util.SplittableRandom;

/// Texts that no client should send: out of thin air, or what a client might well send with a few slips of the pen.
/// The same seed makes the same noise.
public final class RandomTexts {

    private static final int LENGTH_MAX = 40;
    private static final int MUTATIONS_MAX = 4;
    private static final String LIKELY_CHARACTERS = "0123456789-/,?[]{}\":\\ \u001e\u0000btfnue.+E_aé\ud83d\ude00";

    private final SplittableRandom random;
    private final List<String> valid;

    /// `good` is what the noise is made from.
    public RandomTexts(long seed, List<String> good) {
        this.random = new SplittableRandom(seed);
        this.valid = good;
    }

    public String next() {
        return random.nextInt(3) == 0 ? random() : mutated(valid.get(random.nextInt(valid.size())));
    }

    private String random() {
        var text = new StringBuilder();
        for (int length = random.nextInt(LENGTH_MAX); length > 0; length--) {
            text.append(character());
        }
        return text.toString();
    }

    private String mutated(String from) {
        var text = new StringBuilder(from);
        for (int slips = 1 + random.nextInt(MUTATIONS_MAX); slips > 0; slips--) {
            int at = random.nextInt(text.length() + 1);
            switch (random.nextInt(4)) {
                case 0 -> text.insert(at, character());
                case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(3)));
                case 2 -> text.setLength(at);
                default -> text.insert(at, from, 0, random.nextInt(from.length() + 1));
            }
        }
        return text.toString();
    }

    private char character() {
        return random.nextInt(8) == 0
                ? (char) random.nextInt(Character.MAX_VALUE + 1)
                : LIKELY_CHARACTERS.charAt(random.nextInt(LIKELY_CHARACTERS.length()));
    }
}
