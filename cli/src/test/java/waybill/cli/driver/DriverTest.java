package waybill.cli.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.cli.caps.SpokenLine.BUSY;
import static waybill.cli.caps.SpokenLine.CONFLICT;
import static waybill.cli.caps.SpokenLine.DONE;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.json.JSONObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import waybill.cli.caps.Answer;
import waybill.cli.caps.MadeUpTime;
import waybill.cli.caps.News;
import waybill.cli.caps.Profile;
import waybill.cli.caps.SpokenLine;
import waybill.cli.caps.Words;

class DriverTest {

    private static final Duration TO_PICK_UP = Duration.ofMillis(1_500);
    private static final Duration TO_DELIVER = Duration.ofSeconds(3);
    private static final int HANDS_MAX = 2;

    private final SpokenLine line = new SpokenLine();
    private final MadeUpTime time = new MadeUpTime();
    private final List<News> news = new ArrayList<>();
    private final Driver driver = new Driver(line, time, new Pace(TO_PICK_UP, TO_DELIVER, HANDS_MAX), news::add);

    @BeforeEach
    void connect() {
        driver.connected();
        assertThat(line.heard()).containsExactly("subscribe {'event':'pickup'}", "getAll {'event':'pickup'}");
    }

    @Test
    void aParcelIsPickedUpAfterAWhileAndDeliveredAfterAnother() {
        driver.heard("pickup", parcel("7"));
        time.pass(TO_PICK_UP.minusMillis(1));
        assertThat(line.heard()).isEmpty();
        time.pass(Duration.ofMillis(1));
        assertThat(line.heard()).containsExactly("in-transit acme-widgets/7");
        assertThat(told()).containsExactly("picking up 7");

        line.answer("in-transit", DONE);
        assertThat(told()).containsExactly("picking up 7", "DRIVER: picked up 7.");
        time.pass(TO_DELIVER.minusMillis(1));
        assertThat(line.heard()).isEmpty();
        time.pass(Duration.ofMillis(1));
        assertThat(line.heard()).containsExactly("delivered acme-widgets/7");

        line.answer("delivered", DONE);
        assertThat(told()).containsExactly("picking up 7", "DRIVER: picked up 7.", "DRIVER: delivered 7.");
        assertThat(line.heard()).containsExactly("received pickup acme-widgets/7");
    }

    @Test
    void theOrderPayloadIsSaidAsItCame() {
        driver.heard("pickup", parcel("7"));
        time.pass(TO_PICK_UP);
        var said = line.lastSaid("in-transit");
        assertThat(said.getString("event")).isEqualTo("in-transit");
        assertThat(said.getJSONObject("order").similar(parcel("7").getJSONObject("order")))
                .isTrue();
    }

    @Test
    void aFlatPayloadIsSaidFlat() {
        var flat = new JSONObject().put("storeId", "acme-widgets").put("id", 7);
        driver.heard("pickup", flat);
        time.pass(TO_PICK_UP);
        assertThat(line.lastSaid("in-transit").similar(flat)).isTrue();
    }

    @Test
    void aParcelThatAnotherDriverHasIsLeftToThemAndStaysInTheQueue() {
        driver.heard("pickup", parcel("7"));
        time.pass(TO_PICK_UP);
        line.answer("in-transit", CONFLICT);
        driver.heard("pickup", parcel("7"));
        time.pass(TO_PICK_UP.plus(TO_DELIVER));
        assertThat(told()).containsExactly("picking up 7", "DRIVER: 7 went to another driver.");
        assertThat(line.heard()).containsExactly("in-transit acme-widgets/7");
    }

    @Test
    void aParcelHeardOfTwiceIsTakenOnce() {
        driver.heard("pickup", parcel("7"));
        driver.heard("pickup", parcel("7"));
        time.pass(TO_PICK_UP);
        assertThat(line.heard()).containsExactly("in-transit acme-widgets/7");
    }

    @Test
    void aParcelHeardOfAfterItsDeliveryIsReceivedAgain() {
        deliver("7");
        line.heard();
        driver.heard("pickup", parcel("7"));
        time.pass(TO_PICK_UP);
        assertThat(line.heard()).containsExactly("received pickup acme-widgets/7");
    }

    @Test
    void whatTheHubHasNotAnsweredIsSaidAgainOnTheNextLine() {
        driver.heard("pickup", parcel("7"));
        time.pass(TO_PICK_UP);
        driver.disconnected();
        line.heard();
        driver.connected();
        assertThat(line.heard()).endsWith("in-transit acme-widgets/7");
    }

    @Test
    void whatTheHubHasNoRoomForIsSaidAgainLater() {
        driver.heard("pickup", parcel("7"));
        time.pass(TO_PICK_UP);
        line.answer("in-transit", BUSY);
        line.heard();
        time.pass(Answer.RETRY_AFTER);
        assertThat(line.heard()).containsExactly("in-transit acme-widgets/7");
    }

    @Test
    void aParcelDueWhileTheLineIsDownIsDeliveredOnceItIsUp() {
        driver.heard("pickup", parcel("7"));
        time.pass(TO_PICK_UP);
        line.answer("in-transit", DONE);
        driver.disconnected();
        line.heard();
        time.pass(TO_DELIVER);
        assertThat(line.heard()).isEmpty();
        driver.connected();
        assertThat(line.heard()).endsWith("delivered acme-widgets/7");
    }

    @Test
    void fullHandsTakeTheNextParcelWhenOneIsDelivered() {
        driver.heard("pickup", parcel("1"));
        driver.heard("pickup", parcel("2"));
        driver.heard("pickup", parcel("3"));
        time.pass(TO_PICK_UP);
        assertThat(line.heard()).containsExactly("in-transit acme-widgets/1", "in-transit acme-widgets/2");
        line.answer("in-transit", CONFLICT);
        time.pass(TO_PICK_UP);
        assertThat(line.heard()).containsExactly("in-transit acme-widgets/3");
    }

    @Test
    void moreThanADriverCanKeepInMindIsAskedForAgain() {
        var parcels = HANDS_MAX + Driver.IN_MIND_MAX + 1;
        for (int i = 0; i < parcels; i++) {
            driver.heard("pickup", parcel("" + i));
        }
        for (int i = 0; i < parcels - 2; i++) {
            time.pass(TO_PICK_UP);
            assertThat(line.heard()).doesNotContain("getAll {'event':'pickup'}");
            line.answer("in-transit", CONFLICT);
        }
        assertThat(line.heard()).containsExactly("getAll {'event':'pickup'}");
    }

    @Test
    void aScannedParcelIsDeliveredAtOnceAndNotAgain() {
        driver.heard("pickup", parcel("7"));
        time.pass(TO_PICK_UP);
        line.answer("in-transit", DONE);
        line.heard();
        driver.scan("7");
        line.answer("scan", DONE);
        time.pass(TO_DELIVER);
        assertThat(told()).endsWith("DRIVER: delivered 7.").doesNotHaveDuplicates();
        assertThat(line.heard()).containsExactly("scan {'code':'7'}", "received pickup acme-widgets/7");
    }

    @Test
    void aScanThatIsRefusedIsTold() {
        driver.scan("9");
        line.answer("scan", new Answer.Refused("not_found", "no parcel 9", Answer.RETRY_AFTER));
        assertThat(told()).containsExactly("scan 9: not_found: no parcel 9");
    }

    @Test
    void newsForStoresAndMessagesWithoutAnIdAreIgnored() {
        driver.heard("delivered", parcel("7"));
        driver.heard("pickup", new JSONObject().put("store", "acme-widgets"));
        time.pass(TO_PICK_UP);
        assertThat(line.heard()).isEmpty();
    }

    private void deliver(String id) {
        driver.heard("pickup", parcel(id));
        time.pass(TO_PICK_UP);
        line.answer("in-transit", DONE);
        time.pass(TO_DELIVER);
        line.answer("delivered", DONE);
    }

    private List<String> told() {
        return news.stream()
                .flatMap(each -> new Words(Profile.phase3).of(each).stream())
                .toList();
    }

    private static JSONObject parcel(String id) {
        return new JSONObject()
                .put("event", "pickup")
                .put("messageId", id)
                .put("clientId", "acme-widgets")
                .put("order", new JSONObject().put("orderId", id).put("customer", "Ada Berg"));
    }
}
