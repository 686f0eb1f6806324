package waybill.socketio.packet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import waybill.socketio.adapter.ProtocolException;

/// What a codec parses, one line each: `text => packet`, or `text => ! why it is rejected`.
///
/// A character that a line cannot show stands as its number, `<U+001E>`; spaces around the text do not count.
public final class Vectors {

    private static final String ARROW = "=> ";
    private static final Pattern NUMBERED = Pattern.compile("<U\\+([0-9A-F]{4})>");

    private Vectors() {}

    /// A text and what must become of it.
    public record Vector(String text, String expected) {

        public boolean isAccepted() {
            return !expected.startsWith("!");
        }

        @Override
        public String toString() {
            return format(text);
        }
    }

    /// A codec: gives a value, or refuses.
    @FunctionalInterface
    public interface Codec {
        Object decode(String text) throws ProtocolException;
    }

    /// What the codec makes of the text, in the words of a vector.
    public static String outcome(Codec codec, String text) {
        try {
            return format(codec.decode(text).toString());
        } catch (ProtocolException e) {
            return format("! " + e.getMessage());
        }
    }

    public static List<Vector> of(String resource) {
        try (var file = Objects.requireNonNull(Vectors.class.getResourceAsStream(resource), resource)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Vectors::vector)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Vector vector(String line) {
        int arrow = line.lastIndexOf(ARROW);
        if (arrow < 0) {
            throw new IllegalArgumentException("vector: " + line + " (expected: text => packet)");
        }
        var text = NUMBERED.matcher(line.substring(0, arrow).strip())
                .replaceAll(found -> quoted(Character.toString(Integer.parseInt(found.group(1), 16))));
        return new Vector(text, line.substring(arrow + ARROW.length()).strip());
    }

    private static String quoted(String replacement) {
        return replacement.equals("\\") || replacement.equals("$") ? "\\" + replacement : replacement;
    }

    private static String format(String text) {
        var shown = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (isUnprintable(c)) {
                shown.append("<U+%04X>".formatted(c));
            } else {
                shown.appendCodePoint(c);
            }
        });
        return shown.toString();
    }

    private static boolean isUnprintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR -> true;
            case Character.SPACE_SEPARATOR -> c != ' ';
            default -> false;
        };
    }
}
