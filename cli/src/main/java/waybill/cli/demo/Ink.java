package waybill.cli.demo;

/// A way to set text off on a terminal.
enum Ink {
    BOLD("1"),
    DIM("2"),
    RED("31"),
    GREEN("32"),
    YELLOW("33"),
    CYAN("36"),
    TITLE("1;30;46");

    private final String code;

    Ink(String code) {
        this.code = code;
    }

    String on(String text) {
        return "\u001b[" + code + 'm' + text + "\u001b[0m";
    }
}
