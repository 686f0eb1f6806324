package waybill.cli.demo;

/// Writes one line, with or without colours, up to its width.
final class Painter {

    private final StringBuilder line = new StringBuilder();
    private final boolean isColoured;
    private int columnsLeft;

    Painter(int width, boolean isColoured) {
        this.columnsLeft = width;
        this.isColoured = isColoured;
    }

    Painter write(String text) {
        line.append(fitting(text));
        return this;
    }

    Painter write(Style style, String text) {
        var fitting = fitting(text);
        line.append(isColoured && !fitting.isBlank() ? style.apply(fitting) : fitting);
        return this;
    }

    String line() {
        return line.toString();
    }

    private String fitting(String text) {
        var fitting = text.substring(0, Math.min(columnsLeft, text.length()));
        columnsLeft -= fitting.length();
        return fitting;
    }
}
