package waybill.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import waybill.blob.BlobFailure;
import waybill.blob.BlobRejected;

/// A service that fails, is silent or breaks off: no upload counts as stored unless it is.
class S3FaultsTest extends S3FaultScenario {

    /// What a service does wrong, again and again.
    enum Wrong {
        SERVER_ERROR {
            @Override
            boolean handle(HttpExchange exchange) throws IOException {
                FakeS3.error(exchange, 500, "InternalError");
                return true;
            }
        },
        TOO_MANY_REQUESTS {
            @Override
            boolean handle(HttpExchange exchange) throws IOException {
                FakeS3.error(exchange, 503, "SlowDown");
                return true;
            }
        },
        REDIRECT {
            @Override
            boolean handle(HttpExchange exchange) throws IOException {
                exchange.getResponseHeaders().add("location", "http://127.0.0.1:9/proofs");
                FakeS3.error(exchange, 307, "TemporaryRedirect");
                return true;
            }
        },
        LOST_WITHIN_THE_BODY {
            @Override
            boolean handle(HttpExchange exchange) throws IOException {
                assertThat(exchange.getRequestBody().read()).isNotNegative();
                return true; // the connection is closed
            }
        },
        LOST_WITHIN_THE_ANSWER {
            @Override
            boolean handle(HttpExchange exchange) throws IOException {
                exchange.sendResponseHeaders(500, 1_000);
                exchange.getResponseBody().write(new byte[10]);
                exchange.getResponseBody().flush();
                return true;
            }
        },
        A_PAGE_FOR_BROWSERS {
            @Override
            boolean handle(HttpExchange exchange) throws IOException {
                exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(200, exchange.getRequestMethod().equals("HEAD") ? -1 : 0);
                if (!exchange.getRequestMethod().equals("HEAD")) {
                    exchange.getResponseBody().write("<html>Please log in</html>".getBytes(StandardCharsets.UTF_8));
                }
                return true;
            }
        },
        NO_ACCESS {
            @Override
            boolean handle(HttpExchange exchange) throws IOException {
                FakeS3.error(exchange, 403, "AccessDenied");
                return true;
            }
        };

        abstract boolean handle(HttpExchange exchange) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void noUploadIsStoredUnlessTheServiceHasIt(Wrong wrong) throws IOException, BlobRejected {
        try (var store = open()) {
            s3.always(wrong::handle);
            assertThatThrownBy(() -> BlobStoreContract.put(store, BlobStoreContract.id(1)))
                    .isInstanceOf(BlobFailure.class)
                    .hasMessageContaining("s3-bucket proofs: ")
                    .hasMessageNotContaining("the-secret-of-the-example");
            assertThat(s3.files()).isZero();
            assertThat(temporaryFiles()).isZero();
            s3.recover();
            elapsedMs.addAndGet(5_000);
            BlobStoreContract.put(store, BlobStoreContract.id(1));
            assertThat(store.open(BlobStoreContract.id(1))).isPresent();
        }
    }

    @Test
    void aServiceThatFailsOnceIsAskedAgain() throws BlobRejected {
        try (var store = open()) {
            s3.next(Wrong.SERVER_ERROR::handle);
            BlobStoreContract.put(store, BlobStoreContract.id(1));
            s3.next(Wrong.LOST_WITHIN_THE_BODY::handle);
            BlobStoreContract.put(store, BlobStoreContract.id(2));
            assertThat(s3.files()).isEqualTo(2);
        }
    }

    @Test
    void aServiceThatFailsIsAskedNoMoreThanTheLimit() {
        try (var store = open()) {
            var before = s3.requests();
            s3.always(Wrong.SERVER_ERROR::handle);
            assertThatThrownBy(() -> BlobStoreContract.put(store, BlobStoreContract.id(1)))
                    .hasMessageContaining("cannot store files: status 500 InternalError: an example");
            assertThat(s3.requests()).isEqualTo(before + " PUT PUT");
        }
    }

    @Test
    void aSilentServiceIsGivenUpAndThenLeftAloneForAMoment() throws BlobRejected {
        try (var store = open()) {
            s3.always(this::isSilent);
            assertThatThrownBy(() -> BlobStoreContract.put(store, BlobStoreContract.id(1)))
                    .isInstanceOf(BlobFailure.class);
            var before = s3.requests();
            assertThatThrownBy(() -> BlobStoreContract.put(store, BlobStoreContract.id(2)))
                    .hasMessageContaining("tried again in a moment");
            assertThatThrownBy(() -> store.open(BlobStoreContract.id(1))).isInstanceOf(BlobFailure.class);
            assertThat(s3.requests()).isEqualTo(before);
            s3.recover();
            store.check();
            BlobStoreContract.put(store, BlobStoreContract.id(2));
        }
    }
}
