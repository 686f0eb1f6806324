package waybill.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import waybill.cli.caps.News;
import waybill.cli.caps.Parcel;
import waybill.cli.demo.Board.Row;
import waybill.cli.demo.Board.Stage;

class BoardTest {

    private final Board board = new Board();

    @Test
    void aParcelMovesAlongAndIsCounted() {
        board.tell(new News.Placed(parcel("7")), 1);
        board.tell(new News.PickingUp(parcel("7")), 2);
        board.tell(new News.PickedUp(parcel("7")), 3);
        assertThat(board.look().inTransit()).isEqualTo(1);
        board.tell(new News.Delivered(parcel("7")), 4);
        board.tell(new News.Arrived(parcel("7")), 5);
        assertThat(board.look().rows()).containsExactly(new Row("acme-widgets", "7", "Ada", Stage.DELIVERED, 5));
        assertThat(board.look())
                .extracting(Board.Sight::placed, Board.Sight::delivered, Board.Sight::thanked)
                .containsOnly(1L);
    }

    @Test
    void lateNewsDoesNotSendAParcelBack() {
        board.tell(new News.Arrived(parcel("7")), 1);
        board.tell(new News.OnItsWay(parcel("7")), 2);
        board.tell(new News.Placed(parcel("7")), 3);
        assertThat(board.look().rows()).containsExactly(new Row("acme-widgets", "7", "Ada", Stage.DELIVERED, 1));
    }

    @Test
    void aFullBoardLetsGoOfTheOldestDeliveredParcel() {
        board.tell(new News.Placed(parcel("waiting")), 0);
        board.tell(new News.Arrived(parcel("done")), 0);
        for (int i = 0; i < Board.ROWS_MAX - 1; i++) {
            board.tell(new News.Placed(parcel("" + i)), 1);
        }
        assertThat(board.look().rows())
                .hasSize(Board.ROWS_MAX)
                .extracting(Row::id)
                .contains("waiting")
                .doesNotContain("done");
    }

    @Test
    void whatOthersWroteIsShownAndNotObeyed() {
        board.tell(new News.Placed(parcel("7\u001b[2J")), 0);
        board.tell(new News.Refused("scan", "conflict", "\u001b[2J"), 0);
        assertThat(board.look().rows()).extracting(Row::id).containsExactly("7\\u001b[2J");
        assertThat(board.look().trouble()).doesNotContain("\u001b");
    }

    @Test
    void troubleIsShownUntilTheLineIsBack() {
        board.tell(new News.Disconnected("transport close"), 0);
        assertThat(board.look().trouble()).isEqualTo("no line to the hub: transport close");
        board.tell(new News.Connected("http://127.0.0.1:9001"), 1);
        assertThat(board.look().trouble()).isEmpty();
    }

    static Parcel parcel(String id) {
        return new Parcel("acme-widgets", id, new JSONObject().put("customer", "Ada"));
    }
}
