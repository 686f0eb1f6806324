package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.storage.OrderFixture.NOON;

import java.util.List;
import org.junit.jupiter.api.Test;
import waybill.messaging.ClientCheckpoint;

/// What a store promises about checkpoints: of the clients of users, and of what the hub has learnt.
interface CheckpointContract extends StorePorts {

    @Test
    default void theNewestCheckpointPerUserAndDialectCounts() {
        var realtime = new ClientCheckpoint("driver:7", "realtime", 3, false, NOON);
        var storefront = new ClientCheckpoint("driver:7", "storefront", 4, true, NOON.plusSeconds(1));
        for (var one : List.of(storefront, realtime, new ClientCheckpoint("customer:7", "realtime", 9, false, NOON))) {
            save(one);
        }
        assertThat(clientCheckpoints().listCheckpoints("driver:7")).containsExactly(realtime, storefront);
        var newer = new ClientCheckpoint("driver:7", "realtime", 5, true, NOON.plusSeconds(2));
        save(newer);
        assertThat(clientCheckpoints().listCheckpoints("driver:7")).containsExactly(newer, storefront);
        assertThat(clientCheckpoints().listCheckpoints("admin:7")).isEmpty();
    }

    @Test
    default void whatWasLearntIsReplacedByWhatWasLearntLater() {
        assertThat(etaModel().findEtaModel()).isEmpty();
        for (var sequence : List.of(3L, 9L, 5L)) {
            journal()
                    .submit(work -> {
                        work.saveEtaModel(sequence, new byte[] {sequence.byteValue()});
                        return true;
                    })
                    .join();
        }
        var saved = etaModel().findEtaModel().orElseThrow();
        assertThat(saved.sequence()).as("of a node that is ahead").isEqualTo(9);
        assertThat(saved.state()).containsExactly(9);
    }

    @Test
    default void oldCheckpointsArePurged() {
        save(new ClientCheckpoint("driver:7", "realtime", 3, false, NOON));
        save(new ClientCheckpoint("driver:8", "realtime", 3, false, NOON.plusSeconds(1)));
        journal()
                .submit(ledger -> {
                    ledger.purgeClientCheckpoints(NOON.plusSeconds(1));
                    return true;
                })
                .join();
        assertThat(clientCheckpoints().listCheckpoints("driver:7")).isEmpty();
        assertThat(clientCheckpoints().listCheckpoints("driver:8")).hasSize(1);
    }

    @Test
    default void checkpointsOfTwoNodesStandBesideEachOther() {
        save("one", new ClientCheckpoint("driver:7", "realtime", 3, true, NOON));
        save("two", new ClientCheckpoint("driver:7", "realtime", 5, false, NOON.plusSeconds(2)));
        assertThat(clientCheckpoints().listCheckpoints("driver:7"))
                .as("a client of either node is sent what it missed")
                .containsExactly(new ClientCheckpoint("driver:7", "realtime", 3, true, NOON.plusSeconds(2)));
        var later = new ClientCheckpoint("driver:7", "realtime", 9, false, NOON.plusSeconds(601));
        save("two", later);
        assertThat(clientCheckpoints().listCheckpoints("driver:7"))
                .as("the clients of the other node have left it")
                .containsExactly(later);
    }

    private void save(ClientCheckpoint checkpoint) {
        save("one", checkpoint);
    }

    private void save(String node, ClientCheckpoint checkpoint) {
        journal()
                .submit(ledger -> {
                    ledger.saveClientCheckpoint(node, checkpoint);
                    return true;
                })
                .join();
    }
}
