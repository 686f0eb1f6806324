package waybill.cli.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import waybill.cli.caps.Answer;
import waybill.cli.caps.MadeUpTime;
import waybill.cli.caps.News;
import waybill.cli.caps.SpokenLine;

class ScansTest {

    private final SpokenLine line = new SpokenLine();
    private final List<News> news = new ArrayList<>();
    private final Scans scans = new Scans(List.of("7", "8"), line, new MadeUpTime(), news::add);

    @Test
    void everyCodeIsScannedAndTold() {
        scans.connected();
        assertThat(line.heard()).containsExactly("scan {'code':'7'}", "scan {'code':'8'}");
        line.answer("scan", SpokenLine.DONE);
        assertThat(scans.allDelivered()).isNotDone();
        line.answer("scan", SpokenLine.DONE);
        assertThat(news).containsExactly(new News.Scanned("7"), new News.Scanned("8"));
        assertThat(scans.allDelivered()).isCompletedWithValue(true);
    }

    @Test
    void oneRefusalIsEnoughToFail() {
        scans.connected();
        line.answer("scan", new Answer.Refused("not_found", "no parcel 7", Answer.RETRY_AFTER));
        line.answer("scan", SpokenLine.DONE);
        assertThat(scans.allDelivered()).isCompletedWithValue(false);
    }
}
