package waybill.server.rest.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.order.Money;

/// Signatures of a body that `openssl dgst -sha256 -hmac` computes as well.
class SignaturesTest {

    private static final List<String> SECRETS = List.of("whsec_test_secret");
    private static final byte[] BODY = "{\"id\":\"evt_1\",\"note\":\"blåbær\"}".getBytes(StandardCharsets.UTF_8);
    private static final Instant AT = Instant.ofEpochSecond(1_492_774_577);
    private static final String V1 = "c78dd464d2bc94ec17441f141e91a68e90e2b0c3df41c3c9ae2bcc23304e091a";
    private static final String RAZORPAY = "a462997cd187525b5c8921f5310b7c9e6dd2d286215881db5058c7c52f86580a";

    @Test
    void theSignatureOfTheTimeAndTheBodyIsValid() {
        assertThat(stripe("t=1492774577,v1=" + V1, AT)).isTrue();
        assertThat(stripe("t=1492774577, v1=" + V1 + ",v0=6ffb", AT)).isTrue();
        assertThat(Signatures.rejectionOfRazorpay(RAZORPAY, BODY, SECRETS)).isEmpty();
    }

    /// The example of Stripe's library for .NET: `EventUtilityTest.cs` and `event_test_signature.json` of
    /// https://github.com/stripe/stripe-dotnet, under the Apache License 2.0.
    @Test
    void theExampleOfALibraryOfStripeIsValid() {
        var body = """
                {
                  "id": "evt_123",
                  "object": "event",
                  "account": "acct_123",
                  "api_version": "2017-05-25",
                  "created": 1533204620,
                  "data": {
                    "object": {
                      "id": "cus_123",
                      "object": "customer",
                      "created": 123456789,
                      "email": "test@stripe.com",
                      "livemode": false,
                      "metadata": {}
                    }
                  },
                  "livemode": false,
                  "pending_webhooks": 1,
                  "request": {
                    "id": "req_123",
                    "idempotency_key": "idempotency-key-123"
                  },
                  "type": "customer.created"
                }
                """.getBytes(StandardCharsets.UTF_8);
        var header = "t=1533204620,v1=2220f87ef101a04665f11cdf770523143f875572008577fa0f20882ddb9cc3c7,"
                + "v0=63f3a72374a733066c4be69ed7f8e5ac85c22c9f0a6a612ab9a025a9e4ee7eef";
        var at = Instant.ofEpochSecond(1_533_204_620 + 100);
        assertThat(Signatures.rejectionOfStripe(header, body, List.of("webhook_secret"), at))
                .isEmpty();
        assertThat(Signatures.rejectionOfStripe(header, body, List.of("webhook_secret"), at.plusSeconds(300)))
                .isPresent();
        assertThat(Signatures.rejectionOfStripe(header, body, List.of("another"), at))
                .isPresent();
    }

    /// The example of Razorpay's libraries: `razorpay-utils.spec.js` of https://github.com/razorpay/razorpay-node and
    /// `UtilsTest.java` of https://github.com/razorpay/razorpay-java, under the MIT License.
    @Test
    void theExampleOfTheLibrariesOfRazorpayIsValid() {
        var body = "{\"a\":1,\"b\":2,\"c\":{\"d\":3}}".getBytes(StandardCharsets.UTF_8);
        var signature = "2fe04e22977002e6c7cb553adab8b460cb9e2a4970d5953cb27a8472752e3bbc";
        assertThat(Signatures.rejectionOfRazorpay(signature, body, List.of("123456")))
                .isEmpty();
        assertThat(Signatures.rejectionOfRazorpay("sdfafds", body, List.of("123456")))
                .isPresent();
    }

    @Test
    void anyOfSeveralSignaturesAndSecretsWillDo() {
        assertThat(stripe("t=1492774577,v1=" + "0".repeat(64) + ",v1=" + V1, AT))
                .isTrue();
        var rotated = List.of("the next one", "whsec_test_secret");
        assertThat(Signatures.rejectionOfStripe("t=1492774577,v1=" + V1, BODY, rotated, AT))
                .isEmpty();
        assertThat(Signatures.rejectionOfRazorpay(RAZORPAY, BODY, rotated)).isEmpty();
        assertThat(Signatures.rejectionOfRazorpay(RAZORPAY, BODY, List.of("the next one")))
                .isPresent();
    }

    @Test
    void aTimeOutOfTheToleranceIsRejected() {
        assertThat(stripe("t=1492774577,v1=" + V1, AT.plusSeconds(300))).isTrue();
        assertThat(stripe("t=1492774577,v1=" + V1, AT.minusSeconds(300))).isTrue();
        assertThat(stripe("t=1492774577,v1=" + V1, AT.plusSeconds(301))).isFalse();
        assertThat(stripe("t=1492774577,v1=" + V1, AT.minusSeconds(301))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "t=,v1=",
                "t=1492774577",
                "v1=" + V1,
                "t=1492774578,v1=" + V1,
                "t=-1492774577,v1=" + V1,
                "t=99999999999999999999,v1=" + V1,
                "t=1492774577,v0=" + V1,
                "t=1492774577,v1=zz",
                "t=1492774577,v1=c78d"
            })
    void anyOtherHeaderIsRejected(String header) {
        assertThat(stripe(header, AT)).isFalse();
        assertThat(Signatures.rejectionOfRazorpay(header, BODY, SECRETS)).isPresent();
    }

    @Test
    void anyOtherByteOfTheBodyIsRejected() {
        for (var i = 0; i < BODY.length; i++) {
            var tampered = BODY.clone();
            tampered[i] ^= 1;
            assertThat(Signatures.rejectionOfStripe("t=1492774577,v1=" + V1, tampered, SECRETS, AT))
                    .isPresent();
            assertThat(Signatures.rejectionOfRazorpay(RAZORPAY, tampered, SECRETS))
                    .isPresent();
        }
    }

    private static boolean stripe(String header, Instant now) {
        return Signatures.rejectionOfStripe(header, BODY, SECRETS, now).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1250, eur, 1250, EUR",
        "500, jpy, 500, JPY",
        "1000, kwd, 1000, KWD",
        "5, mga, 500, MGA",
        "50000, isk, 500, ISK",
        "50000, ugx, 500, UGX"
    })
    void anAmountOfStripeIsInTheMinorUnitsOfItsCurrency(long amount, String currency, long minor, String code) {
        assertThat(PaymentAmounts.ofStripe(amount, currency)).isEqualTo(new Money(minor, code));
    }

    @Test
    void anAmountThatDoesNotExistIsRejected() {
        assertThatThrownBy(() -> PaymentAmounts.ofStripe(50_050, "isk")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PaymentAmounts.ofStripe(1, "xxxx")).isInstanceOf(IllegalArgumentException.class);
    }
}
