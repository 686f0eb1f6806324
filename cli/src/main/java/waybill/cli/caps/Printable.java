package waybill.cli.caps;

/// Escapes text of other parties for a terminal: ids and names come from the store or driver of a parcel, and control
/// characters in them would take effect.
public final class Printable {

    private Printable() {}

    /// The text with every character that moves a cursor, ends a line or changes the text direction written as
    /// `\u001b`.
    public static String of(String text) {
        StringBuilder printable = null;
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (isPrintable(c)) {
                if (printable != null) {
                    printable.append(c);
                }
            } else {
                if (printable == null) {
                    printable = new StringBuilder(text.length() + 16).append(text, 0, i);
                }
                printable.append("\\u%04x".formatted((int) c));
            }
        }
        return printable == null ? text : printable.toString();
    }

    private static boolean isPrintable(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
