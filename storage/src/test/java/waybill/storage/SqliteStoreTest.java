package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.directory.Answer;
import waybill.directory.Directory;
import waybill.mailbox.Checkpoints;
import waybill.mailbox.Mailboxes;
import waybill.mailbox.Receipts;
import waybill.order.EventLog;
import waybill.order.Journal;
import waybill.order.OrderBook;
import waybill.order.OrderCommand;
import waybill.tracking.TrackLog;

class SqliteStoreTest
        implements StoreContract, PickupContract, OrderBookContract, NewsContract, DirectoryContract, TrackLogContract {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private Store store;

    @BeforeEach
    void open() {
        store = Store.open(directory, Limits.defaults(), () -> {});
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    public Journal journal() {
        return store.journal();
    }

    @Override
    public EventLog log() {
        return store.log();
    }

    @Override
    public OrderBook book() {
        return store.book();
    }

    @Override
    public Mailboxes mailboxes() {
        return store.mailboxes();
    }

    @Override
    public Checkpoints checkpoints() {
        return store.checkpoints();
    }

    @Override
    public Receipts receipts() {
        return store.receipts();
    }

    @Override
    public Directory directory() {
        return store.directory();
    }

    @Override
    public TrackLog tracks() {
        return store.tracks();
    }

    @Test
    void whatWasWrittenIsThereAfterARestart() {
        parcels().place(ACME, "m1").join();
        parcels().place(ACME, "m2").join();
        store.close();
        open();
        assertThat(log().after(0, 10)).extracting(Parcels::messageId).containsExactly("m1", "m2");
        assertThat(Parcels.eventId(parcels().place(ACME, "m3").join())).isEqualTo(3);
    }

    @Test
    void whatIsReadAfterARestartIsWhatWasToldBefore() {
        parcels().order(ACME, "m1", OrderBookContract.PIZZA, Parcels.NOON).join();
        parcels()
                .say(ACME, "m1", new OrderCommand.Accept(), Parcels.storeOf(ACME))
                .join();
        parcels()
                .say(ACME, "m1", new OrderCommand.MarkReady(), Parcels.storeOf(ACME))
                .join();
        parcels().deliver(ACME, "m1", Parcels.KARI).join();
        var told = log().after(0, 100);
        store.close();
        open();
        assertThat(log().after(0, 100)).isEqualTo(told);
        assertThat(log().history(Parcels.id(ACME, "m1"))).isEqualTo(told);
        assertThat(book().byId(Parcels.id(ACME, "m1"))).isEqualTo(told.getLast().order());
        var next = parcels()
                .order(ACME, "m2", OrderBookContract.PIZZA, Parcels.NOON)
                .join();
        assertThat(Parcels.order(next).number()).isEqualTo("WB-20260101-0002");
    }

    @Test
    void anAnswerIsStillGivenAfterARestart() {
        var answer = new Answer("f", 201, "{}");
        journal()
                .submit(ledger -> {
                    ledger.keep(DirectoryContract.NILS, "k1", answer, Parcels.NOON);
                    return true;
                })
                .join();
        store.close();
        open();
        assertThat(journal()
                        .submit(ledger -> ledger.answerTo(DirectoryContract.NILS, "k1"))
                        .join())
                .contains(answer);
    }

    @Test
    void closingTwiceIsClosingOnce() {
        store.close();
        store.close();
        open();
    }

    @Test
    void aDirectoryBelongsToOneHub() {
        assertThatThrownBy(() -> Store.open(directory, Limits.defaults(), () -> {}))
                .hasMessageContaining("in use by another hub (expected: a directory of its own)");
    }

    @Test
    void readersFarBehindReadFromDisk() {
        for (var i = 0; i < 10_000; i++) {
            parcels().place(ACME, "m" + i);
        }
        parcels().place(ACME, "last").join();
        assertThat(log().after(0, 2)).extracting(Parcels::messageId).containsExactly("m0", "m1");
        assertThat(log().after(10_000, 2)).extracting(Parcels::messageId).containsExactly("last");
    }
}
