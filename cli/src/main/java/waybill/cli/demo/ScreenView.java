package waybill.cli.demo;

import waybill.cli.caps.ClientEvent;

/// The board, drawn over and over on a terminal.
public final class ScreenView implements View {

    /// How many frames a change of the terminal's size may go unnoticed.
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
    public void onEvent(String who, ClientEvent news) {} // the board has heard it

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
