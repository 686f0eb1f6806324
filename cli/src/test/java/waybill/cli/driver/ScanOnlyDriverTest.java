package waybill.cli.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import waybill.cli.caps.AckResult;
import waybill.cli.caps.ClientEvent;
import waybill.cli.caps.ManualExecutor;
import waybill.cli.caps.RecordedConnection;

class ScanOnlyDriverTest {

    private final RecordedConnection connection = new RecordedConnection();
    private final List<ClientEvent> events = new ArrayList<>();
    private final ScanOnlyDriver scans =
            new ScanOnlyDriver(List.of("7", "8"), connection, new ManualExecutor(), events::add);

    @Test
    void everyCodeIsScannedAndReported() {
        scans.onConnect();
        assertThat(connection.sentEvents()).containsExactly("scan {'code':'7'}", "scan {'code':'8'}");
        connection.acknowledge("scan", RecordedConnection.DONE);
        assertThat(scans.allDelivered()).isNotDone();
        connection.acknowledge("scan", RecordedConnection.DONE);
        assertThat(events).containsExactly(new ClientEvent.Scanned("7"), new ClientEvent.Scanned("8"));
        assertThat(scans.allDelivered()).isCompletedWithValue(true);
    }

    @Test
    void oneRejectionFailsTheRun() {
        scans.onConnect();
        connection.acknowledge("scan", new AckResult.Rejected("not_found", "no parcel 7", AckResult.RETRY_AFTER));
        connection.acknowledge("scan", RecordedConnection.DONE);
        assertThat(scans.allDelivered()).isCompletedWithValue(false);
    }
}
