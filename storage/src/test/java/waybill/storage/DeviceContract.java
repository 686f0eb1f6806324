package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.storage.DirectoryContract.EVA;
import static waybill.storage.DirectoryContract.NILS;
import static waybill.storage.OrderFixture.NOON;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import waybill.directory.Device;
import waybill.directory.Tracker;
import waybill.directory.TrackerKey;
import waybill.directory.WebSubscription;
import waybill.notification.ReceiptWriter;

/// What the directory promises about the devices and the trackers of users.
interface DeviceContract extends StorePorts {

    @Test
    default void theOldestDeviceOverTheLimitIsDeleted() {
        var phone = new Device("t1", NILS, "android", NOON);
        var tablet = new Device("t2", NILS, "ios", NOON.plusSeconds(1));
        var watch = new Device("t3", NILS, "ios", NOON.plusSeconds(2));
        write(register -> {
            register.save(phone, 2);
            register.save(tablet, 2);
            register.save(new Device("t4", EVA, "web", NOON), 2);
        });
        assertThat(directory().listDevices(NILS, 10)).containsExactly(phone, tablet);
        assertThat(directory().listDevices(NILS, 1)).containsExactly(phone);
        write(register -> register.save(watch, 2));
        assertThat(directory().listDevices(NILS, 10)).containsExactly(tablet, watch);
        assertThat(directory().listDevices(EVA, 10)).hasSize(1);
    }

    @Test
    default void aBrowserKeepsItsSubscriptionAndItsLanguage() {
        var browser = new Device(
                "https://push.example/1",
                NILS,
                "web",
                NOON,
                new WebSubscription("https://push.example/1", "key", "secret"),
                "pt-BR");
        write(register -> register.save(browser, 2));
        assertThat(directory().listDevices(NILS, 10)).containsExactly(browser);
        var app = new Device("https://push.example/1", NILS, "web", NOON);
        write(register -> register.save(app, 2));
        assertThat(directory().listDevices(NILS, 10)).containsExactly(app);
    }

    @Test
    default void aReceiptIsStoredOnceAndDeletedWhenItIsOld() {
        writeReceipt(1, "t1", NOON);
        writeReceipt(1, "t1", NOON.plus(ReceiptWriter.RETENTION));
        writeReceipt(1, "t2", NOON);
        writeReceipt(2, "t3", NOON);
        assertThat(receipts().listReceivers(1)).containsExactlyInAnyOrder("t1", "t2");
        assertThat(receipts().listReceivers(3)).isEmpty();
        writeReceipt(3, "t4", NOON.plus(ReceiptWriter.RETENTION).plusMillis(1));
        assertThat(receipts().listReceivers(1)).isEmpty();
        assertThat(receipts().listReceivers(3)).containsExactly("t4");
    }

    private void writeReceipt(long job, String receiver, Instant at) {
        journal()
                .submit(work -> {
                    work.saveReceipt(job, receiver, at);
                    return true;
                })
                .join();
    }

    @Test
    default void aTrackerIsFoundByTheHashOfItsKey() {
        var key = TrackerKey.generate(new Random(1));
        var phone = Tracker.create("t1", "kari", "Phone", key, NOON);
        write(register -> assertThat(register.save(phone, 2)).isTrue());
        assertThat(directory().findTracker(key.hash())).contains(phone);
        assertThat(directory().findTracker(key.value())).isEmpty();
    }

    @Test
    default void aDriverHasALimitedNumberOfTrackers() {
        var random = new Random(2);
        var first = Tracker.create("t1", "kari", "", TrackerKey.generate(random), NOON);
        var second = Tracker.create("t2", "kari", "", TrackerKey.generate(random), NOON.plusSeconds(1));
        write(register -> {
            assertThat(register.save(second, 2)).isTrue();
            assertThat(register.save(first, 2)).isTrue();
            assertThat(register.save(Tracker.create("t3", "kari", "", TrackerKey.generate(random), NOON), 2))
                    .isFalse();
            assertThat(register.save(Tracker.create("t4", "ola", "", TrackerKey.generate(random), NOON), 2))
                    .isTrue();
        });
        assertThat(directory().listTrackers("kari", 10)).containsExactly(first, second);
        assertThat(directory().listTrackers("kari", 1)).containsExactly(first);
        write(register -> {
            assertThat(register.deleteTracker("ola", "t1")).isEmpty();
            assertThat(register.deleteTracker("kari", "t1")).contains(first);
            assertThat(register.deleteTracker("kari", "t1")).isEmpty();
        });
        assertThat(directory().findTracker(first.keyHash())).isEmpty();
        assertThat(directory().listTrackers("kari", 10)).containsExactly(second);
    }

    @Test
    default void theNewestFaultOfATrackerIsStored() {
        var key = TrackerKey.generate(new Random(3));
        write(register -> register.save(Tracker.create("t1", "kari", "", key, NOON), 1));
        write(register -> {
            register.recordTrackerFault("t1", "lat: 91 (expected: -90..90)", NOON);
            register.recordTrackerFault("t1", "lat: 92 (expected: -90..90)", NOON.plusSeconds(1));
            register.recordTrackerFault("none", "lat: 93", NOON);
        });
        assertThat(directory().findTracker(key.hash()).orElseThrow().faultOrNone())
                .isEqualTo(new Tracker.Fault(NOON.plusSeconds(1), "lat: 92 (expected: -90..90)", 2));
    }

    @Test
    default void aDeviceMovesToItsNewestUser() {
        write(register -> register.save(new Device("t1", NILS, "android", NOON), 2));
        var hers = new Device("t1", EVA, "android", NOON.plusSeconds(1));
        write(register -> register.save(hers, 2));
        assertThat(directory().listDevices(NILS, 10)).isEmpty();
        assertThat(directory().listDevices(EVA, 10)).containsExactly(hers);
        write(register -> {
            assertThat(register.deleteDevice(NILS, "t1")).isFalse();
            assertThat(register.deleteDevice(EVA, "t1")).isTrue();
            assertThat(register.deleteDevice(EVA, "t1")).isFalse();
        });
        assertThat(directory().listDevices(EVA, 10)).isEmpty();
    }
}
