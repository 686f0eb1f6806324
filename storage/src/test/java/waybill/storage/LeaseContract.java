package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import waybill.hub.NodeId;
import waybill.hub.schedule.LeaseLostException;
import waybill.hub.schedule.Leases;
import waybill.hub.schedule.LeasesContract;
import waybill.hub.schedule.StoredLeases;
import waybill.journal.Journal;
import waybill.journal.StoredLease;

/// Leases of two nodes in one store.
interface LeaseContract extends StorePorts, LeasesContract {

    /// A node with a clock of its own, and its leases.
    final class StoreNode implements LeasesContract.Node {

        final AtomicLong elapsedMs = new AtomicLong();
        final StoredLeases leases;
        private final Journal journal;

        StoreNode(String name, Journal journal) {
            this.journal = journal;
            leases = new StoredLeases(new NodeId(name), journal, elapsedMs::get);
        }

        @Override
        public Leases leases() {
            return leases;
        }

        @Override
        public boolean acquire(String task) {
            boolean _ = leases.acquire(task); // from now on the node asks for it
            renewDue();
            return leases.acquire(task);
        }

        boolean isHolder() {
            return leases.acquire("task");
        }

        /// Passes the time until the next renewal, and renews.
        StoreNode renew() {
            isHolder();
            renewDue();
            return this;
        }

        private void renewDue() {
            elapsedMs.addAndGet(StoredLeases.RENEW_EVERY.toMillis());
            leases.runDue();
            journal.submit(_ -> true).join(); // behind the renewal
        }

        void pass(Duration time) {
            elapsedMs.addAndGet(time.toMillis());
        }

        CompletableFuture<Boolean> actUnderLease() {
            return leases.fence("task", journal).submit(work -> {
                work.saveRelayCheckpoint("acted", 1);
                return true;
            });
        }
    }

    private StoreNode node(String name) {
        return new StoreNode(name, journal());
    }

    @Override
    default LeasesContract.Node leaseNode(String name) {
        return node(name);
    }

    private boolean hasActed() {
        return eventLog().findRelayCheckpoint("acted").isPresent();
    }

    @Test
    default void aLeaseIsOfOneNodeAsLongAsItIsRenewed() {
        var one = node("one").renew();
        var two = node("two").renew();
        for (var i = 0; i < 10; i++) {
            assertThat(one.renew().isHolder()).isTrue();
            assertThat(two.renew().isHolder()).isFalse();
        }
    }

    @Test
    default void aLeaseThatIsNotRenewedIsTakenAndItsHolderHasStoppedBefore() {
        var one = node("one").renew();
        var two = node("two").renew();
        one.pass(StoredLeases.EXPIRES_AFTER.minusMillis(1));
        assertThat(one.isHolder()).isTrue();
        one.pass(Duration.ofMillis(1));
        assertThat(one.isHolder()).as("it could not renew its lease").isFalse();
        assertThat(two.renew().isHolder()).isFalse();
        assertThat(two.renew().isHolder()).isFalse();
        assertThat(two.renew().isHolder()).isTrue();
        assertThat(one.renew().isHolder()).as("of another node by now").isFalse();
    }

    @Test
    default void whatAPausedNodeHasSubmittedUnderALostLeaseChangesNothing() {
        var one = node("one").renew();
        var two = node("two");
        for (var i = 0; i < 5; i++) {
            two.renew();
        }
        assertThat(two.isHolder()).isTrue();
        assertThat(one.isHolder()).as("its clock did not go on").isTrue();
        assertThatThrownBy(() -> one.actUnderLease().join()).hasCauseInstanceOf(LeaseLostException.class);
        assertThat(hasActed()).isFalse();
        assertThat(two.actUnderLease().join()).isTrue();
        assertThat(hasActed()).isTrue();
    }

    @Test
    default void aNodeThatClosesGivesItsLeasesUpAtOnce() {
        var one = node("one").renew();
        var two = node("two").renew();
        one.leases.release();
        assertThat(two.renew().isHolder()).isTrue();
    }

    @Test
    default void aNodeThatStartsAnewTakesItsLeaseAtOnceAndItsFormerProcessLosesIt() {
        var killed = node("one").renew();
        var restarted = node("one").renew();
        assertThat(restarted.isHolder()).isTrue();
        assertThatThrownBy(() -> killed.actUnderLease().join()).hasCauseInstanceOf(LeaseLostException.class);
    }

    @Test
    default void aLeaseReadsAsItWasSaved() {
        var lease = new StoredLease("task", "one", 7, 11);
        journal()
                .submit(work -> {
                    work.saveLease(new StoredLease("task", "two", 6, 0));
                    work.saveLease(lease);
                    return true;
                })
                .join();
        assertThat(journal().submit(work -> work.findLease("task")).join()).contains(lease);
        assertThat(journal().submit(work -> work.findLease("another")).join()).isEmpty();
    }
}
