package waybill.storage.track;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.storage.TrackLogContract.NOON_MS;
import static waybill.storage.TrackLogContract.point;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.hub.position.DrivenRoute;
import waybill.storage.PostgresStore;
import waybill.storage.Store;
import waybill.storage.StoreEnvironment;
import waybill.storage.postgres.PostgresAddress;
import waybill.storage.postgres.PostgresDatabase;
import waybill.storage.postgres.PostgresServer;
import waybill.storage.sql.StoreLimits;
import waybill.tracking.ClassifiedFix;
import waybill.tracking.DriverAssignment;
import waybill.tracking.DriverTrackState;
import waybill.tracking.RouteBuilder;

/// The positions of all nodes in one database: each node reads those of the others, and days come and go.
class PostgresTrackLogTest {

    private static final int DAY = 24 * 60 * 60;
    private static final long DAY_MS = DAY * 1_000L;

    @SuppressWarnings("NullAway.Init")
    private static PostgresAddress address;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @BeforeAll
    static void createDatabase() {
        address = PostgresServer.createDatabase();
        PostgresDatabase.open(address);
    }

    @BeforeEach
    void clear() {
        PostgresServer.clear(address);
        PostgresServer.execute(address, """
                DO $$
                DECLARE day TEXT;
                BEGIN
                    FOR day IN SELECT tablename FROM pg_tables WHERE schemaname = 'tracks' AND tablename ~ '[0-9]$' LOOP
                        EXECUTE format('DROP TABLE tracks.%I', day);
                    END LOOP;
                END
                $$
                """);
    }

    private Store open(String node, TrackLimits limits, InstantSource clock) {
        return PostgresStore.open(
                address,
                node,
                directory.resolve(node),
                StoreLimits.defaults(),
                new TrackSettings(TrackSettings.Place.DATABASE, limits, List.of()),
                StoreEnvironment.ofMachine(clock),
                () -> {});
    }

    private Store open(String node) {
        return open(node, TrackLimits.defaults(), () -> Instant.ofEpochMilli(NOON_MS));
    }

    /// However long the database takes.
    private static void awaitWritten(Store store) {
        while (store.trackLog().stats().queueLength() > 0) {
            Thread.onSpinWait();
        }
    }

    private static List<String> days() {
        return query("SELECT relname FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid"
                + " WHERE inhparent = 'tracks.point'::REGCLASS ORDER BY relname");
    }

    private static List<String> query(String sql) {
        try (var connection = PostgresServer.connect(address);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var texts = new ArrayList<String>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    @Test
    void aNodeReadsWhatAnotherHasWritten() {
        try (var one = open("one");
                var two = open("two")) {
            one.trackLog().append(point("kari", 1));
            two.trackLog().append(point("kari", 2));
            two.trackLog().append(point("kari", 1)); // sent again by the phone, to another node
            one.trackLog().append(point("kari", 3));
            awaitWritten(one);
            awaitWritten(two);
            var driven = List.of(point("kari", 1), point("kari", 2), point("kari", 3));
            assertThat(one.trackLog().listBetween("kari", 0, Long.MAX_VALUE, 10))
                    .isEqualTo(driven);
            assertThat(two.trackLog().listBetween("kari", 0, Long.MAX_VALUE, 10))
                    .isEqualTo(driven);
            var assignment = new DriverAssignment("kari", 0, DriverAssignment.ONGOING);
            assertThat(DrivenRoute.of(List.of(assignment), one.trackLog(), DriverTrackState.SPEED_MAX)
                            .points())
                    .extracting(RouteBuilder.RoutePoint::fix)
                    .containsExactlyElementsOf(
                            driven.stream().map(ClassifiedFix::fix).toList());
            assertThat(one.trackLog().listNewest(0, 10))
                    .containsExactly(point("kari", 3).fix());
        }
    }

    @Test
    void daysAreCreatedAheadWithWhatWasRecordedBefore() {
        try (var store = open("one")) {
            IntStream.of(-DAY, 0, DAY, 10 * DAY)
                    .forEach(second -> store.trackLog().append(point("kari", second)));
            awaitWritten(store);
            store.trackLog().maintain();
            assertThat(days())
                    .containsExactly(
                            "point_20251231",
                            "point_20260101",
                            "point_20260102",
                            "point_20260103",
                            "point_20260104",
                            "point_other");
            assertThat(query("SELECT recorded_at FROM tracks.point_20260102"))
                    .containsExactly(String.valueOf(NOON_MS + DAY_MS));
            assertThat(query("SELECT recorded_at FROM tracks.point_other"))
                    .containsExactly(String.valueOf(NOON_MS + 10 * DAY_MS));
            store.trackLog().append(point("kari", 7));
            store.trackLog().append(point("kari", 0)); // is there already, in a day by now
            awaitWritten(store);
            assertThat(query("SELECT count(*) FROM tracks.point_20260101")).containsExactly("2");
            assertThat(store.trackLog().listBetween("kari", 0, Long.MAX_VALUE, 10))
                    .hasSize(5);
        }
    }

    @Test
    void daysAreDroppedWhenTheirLastPointIsTooOld() {
        var limits = TrackLimits.defaults().withRetention(Duration.ofDays(2));
        try (var store = openAt(NOON_MS, limits)) {
            store.trackLog().append(point("kari", -5 * DAY)); // of a day without a partition
            store.trackLog().append(point("kari", 0));
            awaitWritten(store);
            store.trackLog().maintain();
            assertThat(store.trackLog().listBetween("kari", 0, Long.MAX_VALUE, 10))
                    .containsExactly(point("kari", 0));
        }
        try (var store = openAt(NOON_MS + 2 * DAY_MS, limits)) {
            store.trackLog().maintain();
            assertThat(days()).startsWith("point_20260101"); // it ended a day and a half ago
        }
        try (var store = openAt(NOON_MS + 3 * DAY_MS, limits)) {
            store.trackLog().maintain();
            assertThat(days()).startsWith("point_20260102");
            assertThat(store.trackLog().listBetween("kari", 0, Long.MAX_VALUE, 10))
                    .isEmpty();
        }
    }

    private Store openAt(long nowMs, TrackLimits limits) {
        return open("one", limits, () -> Instant.ofEpochMilli(nowMs));
    }

    @Test
    void textThatPostgresCannotStoreIsLeftOutAlone() {
        try (var store = open("one")) {
            store.trackLog().append(point("ka\0ri", 1));
            store.trackLog().append(point("kari", 1));
            awaitWritten(store);
            assertThat(store.trackLog().stats().persisted()).isEqualTo(1);
            assertThat(store.trackLog().stats().isWritable()).isTrue();
        }
    }
}
