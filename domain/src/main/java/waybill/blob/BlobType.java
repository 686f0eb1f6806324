package waybill.blob;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// The content types that are accepted. Each has bytes by which its files begin, so that a file of another kind is
/// not stored under its name.
public enum BlobType {
    JPEG("image/jpeg", "jpg") {
        @Override
        boolean matches(byte[] head) {
            return startsWith(head, 0, 0xFF, 0xD8, 0xFF);
        }
    },
    PNG("image/png", "png") {
        @Override
        boolean matches(byte[] head) {
            return startsWith(head, 0, 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A);
        }
    },
    WEBP("image/webp", "webp") {
        @Override
        boolean matches(byte[] head) {
            return startsWith(head, 0, 'R', 'I', 'F', 'F') && startsWith(head, 8, 'W', 'E', 'B', 'P');
        }
    };

    /// The bytes of a file that decide its type.
    public static final int HEAD_BYTES = 12;

    private final String mediaType;
    private final String extension;

    BlobType(String mediaType, String extension) {
        this.mediaType = mediaType;
        this.extension = extension;
    }

    abstract boolean matches(byte[] head);

    public String mediaType() {
        return mediaType;
    }

    /// The end of a file name.
    public String extension() {
        return extension;
    }

    /// A media type as a header has it, with or without parameters.
    public static Optional<BlobType> parse(String mediaType) {
        var name = mediaType.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
        return Stream.of(values()).filter(type -> type.mediaType.equals(name)).findFirst();
    }

    /// The type of a file with that beginning.
    public static Optional<BlobType> detect(byte[] head) {
        return Stream.of(values()).filter(type -> type.matches(head)).findFirst();
    }

    /// All media types, for a message.
    public static String mediaTypes() {
        var names = Stream.of(values()).map(BlobType::mediaType).toList();
        return String.join(", ", names.subList(0, names.size() - 1)) + " or " + names.getLast();
    }

    private static boolean startsWith(byte[] head, int offset, int... expected) {
        if (head.length < offset + expected.length) {
            return false;
        }
        var bytes = new byte[expected.length];
        for (var i = 0; i < expected.length; i++) {
            bytes[i] = (byte) expected[i];
        }
        return Arrays.equals(head, offset, offset + bytes.length, bytes, 0, bytes.length);
    }
}
