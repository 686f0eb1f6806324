package waybill.server.playback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.hub.playback.PlaybackRange;
import waybill.hub.projection.DisplayNames;
import waybill.server.WaybillServer;
import waybill.server.live.RecordedDay;
import waybill.storage.Store;
import waybill.storage.incident.Incident;
import waybill.storage.sql.StoreLimits;
import waybill.storage.track.TrackLimits;

/// Incident files of a hub that runs, on another data directory.
class IncidentTest {

    private static final int SPEED = 3_600;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path data;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private static RecordedDay day;

    @BeforeAll
    static void record() {
        day = RecordedDay.on(data);
    }

    @AfterAll
    static void close() {
        day.close();
    }

    private Path file() {
        return folder.resolve("incident.zip");
    }

    private Path restored() {
        return folder.resolve("restored");
    }

    private static Store open(Path directory) {
        return Store.open(
                directory,
                StoreLimits.defaults(),
                TrackLimits.defaults().withRetention(Duration.ofDays(36_500)),
                InstantSource.system(),
                () -> {});
    }

    private static PlaybackRange range(Incident incident) {
        return new PlaybackRange(
                null, incident.from().toEpochMilli(), incident.to().toEpochMilli(), true);
    }

    private Incident export() {
        return WaybillServer.exportIncident(data, day.from(), day.to(), false, file());
    }

    @Test
    void aTimeIsReplayedElsewhereAsItIsHere() {
        var exported = export();
        var incident = WaybillServer.restoreIncident(file(), restored());
        assertThat(incident).isEqualTo(exported);
        assertThat(incident.rows()).containsEntry("orders", 3L).containsKey("tracks_fix");
        try (var store = open(restored())) {
            for (var dialect : PlaybackRenderer.all(DisplayNames.NONE).keySet()) {
                assertThat(RecordingViewer.replay(store, range(incident), dialect, SPEED))
                        .as(dialect)
                        .isNotEmpty()
                        .isEqualTo(RecordingViewer.replay(day.store(), range(exported), dialect, SPEED));
            }
        }
    }

    @Test
    void aPartOfADayBeginsWithTheStateOfItsStart() {
        var middle = day.store()
                .trackLog()
                .listBetween("kari", 0, Long.MAX_VALUE, 200)
                .getLast()
                .fix();
        var from = Instant.ofEpochMilli(middle.receivedAtMs());
        WaybillServer.exportIncident(data, from, from.plusSeconds(600), false, file());
        var incident = WaybillServer.restoreIncident(file(), restored());
        try (var store = open(restored())) {
            assertThat(RecordingViewer.replay(store, range(incident), "realtime", SPEED))
                    .hasSizeGreaterThan(50)
                    .isEqualTo(RecordingViewer.replay(day.store(), range(incident), "realtime", SPEED))
                    .first()
                    .asString()
                    .contains("order:new", "\"state\":true");
        }
    }

    @Test
    void oneOrderIsExportedWithItsDriverAlone() {
        var order = day.orders().getFirst();
        WaybillServer.exportIncident(data, order.id(), false, file());
        var incident = WaybillServer.restoreIncident(file(), restored());
        assertThat(incident.orderOrNone()).isEqualTo(order.id().toString());
        assertThat(incident.rows()).containsEntry("orders", 1L).containsEntry("tracks_driver", 1L);
        var range = new PlaybackRange(
                order.id(), incident.from().toEpochMilli(), incident.to().toEpochMilli(), true);
        try (var store = open(restored())) {
            assertThat(RecordingViewer.replay(store, range, "realtime", SPEED))
                    .hasSizeGreaterThan(100)
                    .isEqualTo(RecordingViewer.replay(day.store(), range, "realtime", SPEED));
        }
    }

    @Test
    void aRedactedFileHasNoNamesAddressesOrReasons() throws IOException {
        WaybillServer.exportIncident(data, day.from(), day.to(), true, file());
        var text = new StringBuilder();
        try (var zip = new ZipFile(file().toFile())) {
            for (var entry : zip.stream().toList()) {
                text.append(new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        assertThat(text.toString())
                .doesNotContainIgnoringCase("anna")
                .doesNotContain("\"Kari\"", "+47", "street", "closed today", "nobody at home");
        var incident = WaybillServer.restoreIncident(file(), restored());
        assertThat(incident.isRedacted()).isTrue();
        try (var store = open(restored())) {
            assertThat(RecordingViewer.replay(store, range(incident), "realtime", SPEED))
                    .hasSameSizeAs(RecordingViewer.replay(day.store(), range(incident), "realtime", SPEED).stream()
                            .filter(sent -> !sent.startsWith("delivery:status:update"))
                            .toList());
        }
    }

    @Test
    void aTruncatedFileIsRefusedAndNothingIsLeft() throws IOException {
        export();
        var bytes = Files.readAllBytes(file());
        Files.write(file(), Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> WaybillServer.restoreIncident(file(), restored()))
                .hasMessageContaining("is no whole archive")
                .hasMessageContaining("expected: a file that ./waybill incident export has written");
        assertThat(restored())
                .satisfiesAnyOf(
                        directory -> assertThat(directory).doesNotExist(),
                        directory -> assertThat(directory).isEmptyDirectory());
    }

    @Test
    void aChangedFileIsRefusedByTheNameOfItsPart() throws IOException {
        export();
        var changed = folder.resolve("changed.zip");
        try (var zip = new ZipFile(file().toFile());
                var out = new ZipOutputStream(Files.newOutputStream(changed))) {
            for (var entry : zip.stream().toList()) {
                out.putNextEntry(new ZipEntry(entry.getName()));
                var text = new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
                out.write((entry.getName().equals("event.jsonl") ? text.replace("kari", "mari") : text)
                        .getBytes(StandardCharsets.UTF_8));
            }
        }
        assertThatThrownBy(() -> WaybillServer.restoreIncident(changed, restored()))
                .hasMessageContaining("event.jsonl was changed, or is not there");
        assertThat(restored()).isEmptyDirectory();
    }

    @Test
    void anExportNamesWhatStandsInTheWay() throws IOException {
        export();
        assertThatThrownBy(this::export).hasMessageContaining("is there already (expected: a new file)");
        assertThatThrownBy(() -> WaybillServer.exportIncident(
                        folder.resolve("none"), day.from(), day.to(), false, folder.resolve("other.zip")))
                .hasMessageContaining("has no waybill.db");
        assertThatThrownBy(() ->
                        WaybillServer.exportIncident(data, day.to(), day.from(), false, folder.resolve("other.zip")))
                .hasMessageContaining("(expected: after from,");
        Files.createDirectories(restored());
        Files.writeString(restored().resolve("there.txt"), "x");
        assertThatThrownBy(() -> WaybillServer.restoreIncident(file(), restored()))
                .hasMessageContaining("expected: an empty directory, or none");
    }
}
