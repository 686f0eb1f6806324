package waybill.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import waybill.cli.caps.ClientEvent;

class ScreenTest {

    private static final Screen.Frame FRAME =
            new Screen.Frame("http://127.0.0.1:9001", "./data", 3, Duration.ofSeconds(62), "");

    private final Board board = new Board();

    @Test
    void theTotalsAndTheStageOfEveryParcelAreShown() {
        board.apply(new ClientEvent.DeliveryNotified(BoardTest.parcel("first")), 0);
        board.apply(new ClientEvent.PickedUp(BoardTest.parcel("second")), 500);
        board.apply(new ClientEvent.Placed(BoardTest.parcel("third")), 2_000);
        var lines = new Screen(80, 12, false, true).render(board.snapshot(), FRAME, 2_500);
        assertThat(lines.stream().map(String::stripTrailing)).containsExactly("""
                 WAYBILL  http://127.0.0.1:9001                                            1:02

                 1 placed   1 in transit   0 delivered   1 thanked   3 queued
                --------------------------------------------------------------------------------
                 acme-widgets    third     Ada                *--o--o--o  placed       0.5 s
                 acme-widgets    second    Ada                *==*==*--o  in transit   2.0 s
                 acme-widgets    first     Ada                *==*==*==*  delivered    2.5 s


                --------------------------------------------------------------------------------

                 Ctrl-C stops.  data in ./data""".split("\n"));
    }

    @Test
    void whatGoesOnInTheCityIsBelowTheTitle() {
        var frame = new Screen.Frame("", "", 0, Duration.ZERO, "Lindmouth: 40 drivers");
        assertThat(new Screen(80, 12, false, true).render(board.snapshot(), frame, 0))
                .element(1)
                .isEqualTo(" Lindmouth: 40 drivers");
    }

    @Test
    void aHighScreenExplainsTheTotals() {
        var lines = new Screen(80, 24, false, true).render(board.snapshot(), FRAME, 0);
        assertThat(lines)
                .hasSize(24)
                .element(22)
                .asString()
                .startsWith(" thanked: the store was notified.  queued: messages not yet confirmed");
    }

    @Test
    void everyStageHasItsShareOfASmallScreen() {
        for (int i = 0; i < 50; i++) {
            board.apply(new ClientEvent.DeliveryNotified(BoardTest.parcel("d" + i)), 0);
            board.apply(new ClientEvent.PickedUp(BoardTest.parcel("t" + i)), 0);
            board.apply(new ClientEvent.Placed(BoardTest.parcel("p" + i)), 0);
        }
        var lines = new Screen(80, 16, false, true).render(board.snapshot(), FRAME, 0);
        for (var stage :
                Stream.of("  placed  ", "  in transit  ", "  delivered  ").toList()) {
            assertThat(lines).filteredOn(line -> line.contains(stage)).hasSize(3);
        }
    }

    @ParameterizedTest
    @CsvSource({"20, 8", "40, 12", "55, 10", "56, 10", "75, 24", "76, 24", "80, 24", "120, 30", "300, 100"})
    void aScreenFitsEveryTerminal(int width, int height) {
        for (int i = 0; i < 300; i++) {
            board.apply(new ClientEvent.Placed(BoardTest.parcel("parcel-number-" + i)), 0);
        }
        board.apply(new ClientEvent.Disconnected("a very long story ".repeat(30)), 0);
        var lines = new Screen(width, height, false, false).render(board.snapshot(), FRAME, 3_600_000);
        assertThat(lines).hasSize(height).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(width));
    }

    @Test
    void coloursAreOptionalAndTakeNoColumns() {
        board.apply(new ClientEvent.Placed(BoardTest.parcel("7")), 0);
        var plain = new Screen(80, 12, false, false).render(board.snapshot(), FRAME, 0);
        var coloured = new Screen(80, 12, true, false).render(board.snapshot(), FRAME, 0);
        assertThat(String.join("\n", plain)).doesNotContain("\u001b");
        assertThat(String.join("\n", coloured)).contains("\u001b[33m");
        assertThat(coloured.stream().map(line -> line.replaceAll("\u001b\\[[0-9;]*m", "")))
                .isEqualTo(plain);
    }
}
