package waybill.server.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import waybill.notification.MailAddresses;

class SmtpMailerTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-31T12:00:00Z"));
    private static final MailMessage MESSAGE = new MailMessage(
            "job-12.o-1", "jane@home.example", "de", "Geliefert", "Ihre Bestellung <1> & mehr ist da ✓");

    private final FakeMailServer server = new FakeMailServer();

    @AfterEach
    void close() {
        server.close();
    }

    private MailResult send(MailConfig config, MailMessage message) {
        try (var mailer = new SmtpMailer(config, CLOCK, Duration.ofSeconds(2))) {
            return mailer.send(message).orTimeout(30, TimeUnit.SECONDS).join();
        }
    }

    private static String decoded(String message) {
        var text = new StringBuilder(message);
        for (var line : message.lines().toList()) {
            if (line.length() > 20 && line.matches("[A-Za-z0-9+/=]+")) {
                text.append(new String(Base64.getDecoder().decode(line), StandardCharsets.UTF_8));
            }
        }
        return text.toString();
    }

    @Test
    void aMessageHasItsIdAndItsWordsAsTextAndHtml() {
        assertThat(send(server.config(), MESSAGE)).isEqualTo(new MailResult.Sent());
        var message = server.take();
        assertThat(message)
                .contains("Message-ID: <job-12.o-1@shop.example>")
                .contains("From: hub@shop.example")
                .contains("To: jane@home.example")
                .contains("Subject: Geliefert")
                .contains("Content-Language: de")
                .contains("multipart/alternative")
                .contains("text/plain; charset=UTF-8")
                .contains("text/html; charset=UTF-8");
        assertThat(MESSAGE.html()).contains("Ihre Bestellung &lt;1&gt; &amp; mehr ist da ✓");
        assertThat(decoded(message)).doesNotContain("<1>&");
        assertThat(send(server.config(), MESSAGE)).isEqualTo(new MailResult.Sent());
        assertThat(server.take()).contains("Message-ID: <job-12.o-1@shop.example>");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            RCPT | 550 no such user | Rejected | 550
            RCPT | 450 mailbox busy | Failed   | 450
            MAIL | 553 not you      | Rejected | 553
            MAIL | 451 later        | Failed   | 451
            DATA | 554 no           | Rejected | 554
            END  | 552 too large    | Rejected | 552
            END  | 421 going down   | Failed   | 421
            """)
    void aRefusalForGoodIsNotRetried(String command, String answer, String result, String code) {
        server.answers(command, answer);
        var got = send(server.config(), MESSAGE);
        assertThat(got.getClass().getSimpleName()).as(got.toString()).isEqualTo(result);
        assertThat(got.toString()).contains(code);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CONNECT | HANG
            EHLO    | HANG
            MAIL    | HANG
            END     | HANG
            CONNECT | CLOSE
            MAIL    | CLOSE
            END     | CLOSE
            CONNECT | what?
            MAIL    | x
            """)
    void aServerThatHangsOrTalksNonsenseHasFailed(String command, String answer) {
        server.answers(command, answer);
        assertThat(send(server.config(), MESSAGE)).isInstanceOf(MailResult.Failed.class);
    }

    @Test
    void withoutTlsNothingIsSentToAServerThatMustHaveIt() {
        var config = new MailConfig(
                "127.0.0.1",
                server.port(),
                MailConfig.Security.STARTTLS,
                "hub@shop.example",
                new MailConfig.Login("hub", "p-secret"));
        var result = send(config, MESSAGE);
        assertThat(result).isInstanceOf(MailResult.Failed.class);
        assertThat(server.commands()).noneMatch(command -> command.startsWith("AUTH") || command.startsWith("MAIL"));
        assertThat(config.toString() + result).doesNotContain("p-secret");
        assertThatThrownBy(() -> new MailConfig(
                        "mail.example", 25, MailConfig.Security.NONE, "a@b.example", config.loginOrNone()))
                .hasMessageStartingWith("smtp-security: none with a user");
    }

    @Test
    void anAddressThatAddsAHeaderIsNone() {
        for (var text : new String[] {
            "a@b.example\r\nBcc: c@d.example",
            "a@b.example, c@d.example",
            "a b@c.example",
            "\"a\"@b.example",
            "a@",
            "<a@b.example>",
            "a@b..example",
            "@b.example",
            "a@-b.example"
        }) {
            assertThat(MailAddresses.isValid(text)).as(text).isFalse();
            assertThatThrownBy(() -> new MailMessage("id", text, "en", "s", "t"))
                    .hasMessageStartingWith("to: not an");
        }
        assertThat(MailAddresses.isValid("jane.doe+tag@sub.home.example")).isTrue();
    }
}
