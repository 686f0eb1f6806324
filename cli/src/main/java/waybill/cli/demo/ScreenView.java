package waybill.cli.demo;

import waybill.cli.caps.ClientEvent;

/// Draws the board repeatedly on a terminal.
public final class ScreenView implements View {

    /// After how many frames the terminal's size is read again.
    private static final int FRAMES_PER_SIZE = 5;

    private final Board board;
    private final Terminal terminal;
    private Screen screen;
    private int frames;

    public ScreenView(Board board, Terminal terminal) {
        this.board = board;
        this.terminal = terminal;
        screen = terminal.screen();
    }

    @Override
    public void onEvent(String source, ClientEvent event) {} // the board has the event

    @Override
    public void refresh(Screen.Frame frame, long nowMs) {
        if (++frames % FRAMES_PER_SIZE == 0) {
            screen = terminal.screen();
        }
        terminal.show(screen.render(board.snapshot(), frame, nowMs));
    }

    @Override
    public void close() {
        terminal.close();
    }
}
