package waybill.cli.caps;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;

class RequestsTest {

    private final SpokenLine line = new SpokenLine();
    private final MadeUpTime time = new MadeUpTime();
    private final List<News> news = new ArrayList<>();
    private final Requests requests = new Requests(line, time, news::add);

    @Test
    void withoutALineNothingIsSaid() {
        requests.say("join", new JSONObject());
        requests.connected();
        assertThat(line.heard()).isEmpty();
    }

    @Test
    void aRequestThatIsRefusedForALackOfRoomIsSaidAgainAFewTimes() {
        requests.connected();
        requests.say("join", new JSONObject());
        for (int i = 1; i < Requests.TRIES_MAX; i++) {
            line.answer("join", SpokenLine.BUSY);
            time.pass(Duration.ofSeconds(1));
        }
        assertThat(news).isEmpty();
        line.answer("join", SpokenLine.BUSY);
        time.pass(Duration.ofHours(1));
        assertThat(line.heard()).hasSize(Requests.TRIES_MAX);
        assertThat(news).containsExactly(new News.Refused("join", "unavailable", "disk full"));
    }

    @Test
    void aRequestIsNotCarriedOverToTheNextLine() {
        requests.connected();
        requests.say("join", new JSONObject());
        line.answer("join", SpokenLine.BUSY);
        requests.disconnected();
        requests.connected();
        time.pass(Duration.ofSeconds(1));
        assertThat(line.heard()).hasSize(1);
    }
}
