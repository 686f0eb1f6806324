package waybill.server.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.push.FakePushServer.reply;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.server.NotificationConfig;
import waybill.server.live.LiveTestClient;
import waybill.server.mail.FakeMailServer;
import waybill.server.push.FakePushServer;
import waybill.server.push.FakePushServer.Reply;
import waybill.server.push.FakePushServer.Request;
import waybill.server.push.TestBrowser;
import waybill.server.push.TestServiceAccount;
import waybill.server.rest.ApiTestClient;

/// Messages of a hub to phones, browsers and mailboxes, over its port, with services that behave well or badly.
class NotificationsTest {

    private static final String SENT = "{\"name\": \"projects/shop/messages/1\"}";
    private static final String UNREGISTERED =
            "{\"error\": {\"code\": 404, \"status\": \"NOT_FOUND\", \"details\": [{\"errorCode\": \"UNREGISTERED\"}]}}";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path account;

    private final FakePushServer service = new FakePushServer();
    private final FakeMailServer mail = new FakeMailServer();
    private final AtomicReference<Reply> phones = new AtomicReference<>(reply(200, SENT));
    private final AtomicReference<Reply> browsers = new AtomicReference<>(reply(201, ""));

    @SuppressWarnings("NullAway.Init")
    private ApiTestClient api;

    @AfterEach
    void close() {
        api.close();
        service.close();
        mail.close();
    }

    private void start() {
        start(Duration.ZERO);
    }

    private void start(Duration grace) {
        service.answers(request -> switch (kind(request)) {
            case "token" -> reply(200, "{\"access_token\": \"t\", \"expires_in\": 3600}");
            case "phone" -> phones.get();
            default -> browsers.get();
        });
        var settings = NotificationConfig.defaults()
                .withFcm(new NotificationConfig.FcmConfig(
                        TestServiceAccount.write(account, service.base()), service.base()))
                .withWebPush(URI.create("mailto:operator@shop.example"))
                .withPrivateEndpoints(true)
                .withMail(mail.config())
                .withGrace(grace);
        api = ApiTestClient.start(data, config -> config.withNotifications(settings));
    }

    private static String kind(Request request) {
        return request.path().equals("/token") ? "token" : request.path().endsWith(":send") ? "phone" : "browser";
    }

    /// The next request of a phone or a browser.
    private Request takeMessage() {
        var request = service.take();
        return kind(request).equals("token") ? takeMessage() : request;
    }

    private List<Request> messages() {
        return service.all().stream()
                .filter(request -> !kind(request).equals("token"))
                .toList();
    }

    private void registerPhone(String who, String token, String locale) {
        api.post(who, "/api/v1/devices", """
                {"token": "%s", "platform": "android", "locale": "%s"}""".formatted(token, locale)).is(201);
    }

    private void registerBrowser(String who, TestBrowser browser) {
        var keys = browser.subscription();
        api.post(who, "/api/v1/devices", """
                {"platform": "web", "subscription": {"endpoint": "%s", "keys": {"p256dh": "%s", "auth": "%s"}}}""".formatted(keys.endpoint(), keys.p256dh(), keys.auth()))
                .is(201);
    }

    @Test
    void aCustomerIsPushedInTheLanguageOfTheDevice() {
        start();
        registerPhone("customer:c1", "phone-1", "de-CH");
        var order = api.place("customer:c1", "m1");
        api.status("merchant:m1", order, "accepted").is(200);
        var text = takeMessage().text();
        assertThat(text)
                .contains("\"token\":\"phone-1\"")
                .contains("\"title\":\"Bestellung angenommen\"")
                .contains("\"type\":\"order_accepted\"")
                .contains("\"orderId\":\"" + order + "\"");
    }

    @Test
    void aMerchantIsPushedOfANewOrderAndNotOfItsOwnAnswer() {
        start();
        var browser = new TestBrowser(service.base().resolve("/send/merchant"));
        registerBrowser("merchant:m1", browser);
        var order = api.place("customer:c1", "m1");
        assertThat(browser.decrypt(takeMessage().body())).contains("\"title\":\"New order ");
        api.status("merchant:m1", order, "accepted").is(200);
        api.post("admin:root", "/api/v1/notifications", """
                {"userId": "m1", "role": "merchant", "title": "Hi", "message": "There", "type": "info"}""").is(201);
        assertThat(browser.decrypt(takeMessage().body())).contains("\"title\":\"Hi\",\"body\":\"There\"");
    }

    @Test
    void aRetryPushesNoDeviceTwiceThatHasTheMessage() {
        start();
        browsers.set(reply(500, ""));
        registerPhone("customer:c1", "phone-1", "en");
        registerBrowser("customer:c1", new TestBrowser(service.base().resolve("/send/laptop")));
        var attempts = new AtomicInteger();
        service.answers(request -> switch (kind(request)) {
            case "token" -> reply(200, "{\"access_token\": \"t\", \"expires_in\": 3600}");
            case "phone" -> reply(200, SENT);
            default -> attempts.incrementAndGet() < 2 ? reply(500, "", "Retry-After", "0") : reply(201, "");
        });
        notify("c1");
        takeMessage();
        takeMessage();
        assertThat(kind(takeMessage())).isEqualTo("browser");
        assertThat(messages().stream().filter(request -> kind(request).equals("phone")))
                .hasSize(1);
    }

    private void notify(String customer) {
        api.post("admin:root", "/api/v1/notifications", """
                {"userId": "%s", "role": "customer", "title": "Hello", "message": "There", "type": "info"}""".formatted(customer)).is(201);
    }

    @Test
    void aDeviceThatTheServiceDoesNotKnowIsDeleted() {
        start();
        phones.set(reply(404, UNREGISTERED));
        registerPhone("customer:c1", "phone-1", "en");
        notify("c1");
        takeMessage();
        api.getUntil(
                "admin:root",
                "/api/v1/jobs?channel=push&state=pending",
                jobs -> jobs.body().path("jobs").isEmpty());
        assertThat(api.request("DELETE", "customer:c1", "/api/v1/devices/phone-1", "")
                        .status())
                .isEqualTo(404);
        phones.set(reply(200, SENT));
        registerPhone("customer:c1", "phone-2", "en");
        notify("c1");
        assertThat(takeMessage().text()).contains("phone-2");
    }

    @Test
    void theHubAnswersWhileEveryServiceHangs() {
        start();
        phones.set(new Reply.Hang());
        browsers.set(new Reply.Half());
        mail.answers("CONNECT", FakeMailServer.HANG);
        for (var i = 0; i < 20; i++) {
            registerPhone("customer:c" + i, "phone-" + i, "en");
            registerBrowser("customer:c" + i, new TestBrowser(service.base().resolve("/send/" + i)));
            notify("c" + i);
        }
        for (var i = 0; i < 40; i++) {
            takeMessage();
        }
        var startedAt = System.nanoTime();
        for (var i = 0; i < 20; i++) {
            var order = api.place("customer:c" + i, "m1");
            api.get("customer:c" + i, "/api/v1/orders/" + order).is(200);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - startedAt)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void aMessageOutlivesARestart() {
        start();
        phones.set(reply(503, "", "Retry-After", "1"));
        registerPhone("customer:c1", "phone-1", "en");
        notify("c1");
        takeMessage();
        api.close();
        phones.set(reply(200, SENT));
        start();
        assertThat(takeMessage().text()).contains("\"title\":\"Hello\"");
    }

    @Test
    void aCustomerWithAnAddressGetsAnEmailInItsLanguage() {
        start();
        var token = api.post("", "/api/v1/tokens", """
                {"userId": "c9", "role": "customer", "email": "c9@home.example", "locale": "fr"}""").is(201).text("token");
        var order = api.post("", "/api/v1/orders", """
                {"storeId": "m1", "items": [{"product": "pizza", "quantity": 1, "price": 900}], "deliveryAddress": "x"}""", "Authorization", "Bearer " + token)
                .is(201)
                .text("orderId");
        assertThat(mail.take()).contains("To: c9@home.example").contains("Content-Language: fr");
        api.status("merchant:m1", order, "declined").is(200);
        assertThat(mail.take()).contains("=?UTF-8?Q?Commande_refus=C3=A9e?=").contains("." + order + "@shop.example>");
    }

    @Test
    void aUserWhoseSocketHasTheEventIsNotPushed() {
        start(Duration.ofSeconds(5));
        registerPhone("customer:c1", "phone-1", "en");
        var uri = api.uri("/");
        var address = new InetSocketAddress(uri.getHost(), uri.getPort());
        try (var socket =
                LiveTestClient.connect(address, "/storefront", Map.of("token", api.token("customer:c1")), "")) {
            notify("c1");
            while (!socket.nextEvent().event().equals("notification:new")) {
                // another event comes first
            }
            registerPhone("customer:c2", "phone-2", "en");
            notify("c2");
            assertThat(takeMessage().text()).as("later than what was for c1").contains("phone-2");
        }
        assertThat(messages()).hasSize(1);
    }
}
