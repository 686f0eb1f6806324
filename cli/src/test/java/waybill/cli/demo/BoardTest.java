package waybill.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import waybill.cli.caps.ClientEvent;
import waybill.cli.caps.Parcel;
import waybill.cli.demo.Board.Row;
import waybill.cli.demo.Board.Stage;

class BoardTest {

    private final Board board = new Board();

    @Test
    void aParcelAdvancesAndIsCounted() {
        board.apply(new ClientEvent.Placed(parcel("7")), 1);
        board.apply(new ClientEvent.PickingUp(parcel("7")), 2);
        board.apply(new ClientEvent.PickedUp(parcel("7")), 3);
        assertThat(board.snapshot().inTransit()).isEqualTo(1);
        board.apply(new ClientEvent.Delivered(parcel("7")), 4);
        board.apply(new ClientEvent.DeliveryNotified(parcel("7")), 5);
        assertThat(board.snapshot().rows()).containsExactly(new Row("acme-widgets", "7", "Ada", Stage.DELIVERED, 5));
        assertThat(board.snapshot())
                .extracting(Board.Snapshot::placed, Board.Snapshot::delivered, Board.Snapshot::thanked)
                .containsOnly(1L);
    }

    @Test
    void aLateEventDoesNotMoveAParcelBack() {
        board.apply(new ClientEvent.DeliveryNotified(parcel("7")), 1);
        board.apply(new ClientEvent.TransitNotified(parcel("7")), 2);
        board.apply(new ClientEvent.Placed(parcel("7")), 3);
        assertThat(board.snapshot().rows()).containsExactly(new Row("acme-widgets", "7", "Ada", Stage.DELIVERED, 1));
    }

    @Test
    void aFullBoardDropsTheOldestDeliveredParcel() {
        board.apply(new ClientEvent.Placed(parcel("waiting")), 0);
        board.apply(new ClientEvent.DeliveryNotified(parcel("done")), 0);
        for (int i = 0; i < Board.ROWS_MAX - 1; i++) {
            board.apply(new ClientEvent.Placed(parcel("" + i)), 1);
        }
        assertThat(board.snapshot().rows())
                .hasSize(Board.ROWS_MAX)
                .extracting(Row::id)
                .contains("waiting")
                .doesNotContain("done");
    }

    @Test
    void foreignTextIsEscaped() {
        board.apply(new ClientEvent.Placed(parcel("7\u001b[2J")), 0);
        board.apply(new ClientEvent.RequestFailed("scan", "conflict", "\u001b[2J"), 0);
        assertThat(board.snapshot().rows()).extracting(Row::id).containsExactly("7\\u001b[2J");
        assertThat(board.snapshot().problem()).doesNotContain("\u001b");
    }

    @Test
    void aProblemIsShownUntilTheConnectionIsBack() {
        board.apply(new ClientEvent.Disconnected("transport close"), 0);
        assertThat(board.snapshot().problem()).isEqualTo("not connected to the hub: transport close");
        board.apply(new ClientEvent.Connected("http://127.0.0.1:9001"), 1);
        assertThat(board.snapshot().problem()).isEmpty();
    }

    static Parcel parcel(String id) {
        return new Parcel("acme-widgets", id, new JSONObject().put("customer", "Ada"));
    }
}
