package waybill.server.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Signs tokens and publishes the keys, as an identity provider does.
final class TestJwksProvider implements AutoCloseable {

    /// A key pair, and how to sign with it.
    record SigningKey(JWK published, JWSAlgorithm algorithm, Signer sign) {

        String token(JWTClaimsSet claims) {
            return token(published.getKeyID(), claims);
        }

        String token(@Nullable String keyId, JWTClaimsSet claims) {
            try {
                return sign.token(new JWSHeader.Builder(algorithm).keyID(keyId).build(), claims);
            } catch (JOSEException | GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        }
    }

    interface Signer {
        String token(JWSHeader header, JWTClaimsSet claims) throws JOSEException, GeneralSecurityException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile String answer = "";
    private volatile int status = 200;
    private volatile CountDownLatch open = new CountDownLatch(0);
    private volatile CountDownLatch rest = new CountDownLatch(0);

    TestJwksProvider() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/jwks", exchange -> {
            asked.incrementAndGet();
            await(open);
            var body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            if (body.length == 0) {
                exchange.close();
                return;
            }
            try (var out = exchange.getResponseBody()) {
                out.write(body, 0, 1);
                out.flush();
                await(rest);
                out.write(body, 1, body.length - 1);
            }
        });
        server.start();
    }

    URI jwks() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/jwks");
    }

    void publish(SigningKey... pairs) {
        respond(new JWKSet(List.copyOf(
                        Arrays.stream(pairs).map(SigningKey::published).toList()))
                .toString(true));
    }

    void respond(String body) {
        answer = body;
        status = 200;
    }

    void fail() {
        status = 500;
    }

    /// Delays every request until it is counted down.
    CountDownLatch delayRequests() {
        open = new CountDownLatch(1);
        return open;
    }

    /// Begins its answers, and goes on with them only when it is counted down.
    CountDownLatch stallResponses() {
        rest = new CountDownLatch(1);
        return rest;
    }

    int requests() {
        return asked.get();
    }

    @Override
    public void close() {
        open.countDown();
        rest.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    static SigningKey rsa(String id) {
        try {
            var key = new RSAKeyGenerator(2_048).keyID(id).generate();
            return pair(key.toPublicJWK(), JWSAlgorithm.RS256, new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    static SigningKey ec(String id) {
        try {
            ECKey key = new ECKeyGenerator(Curve.P_256).keyID(id).generate();
            return pair(key.toPublicJWK(), JWSAlgorithm.ES256, new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    static SigningKey edwards(String id) {
        try {
            var keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            var encoded = keys.getPublic().getEncoded();
            var x = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
            var jwk = new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(x))
                    .keyID(id)
                    .build();
            return new SigningKey(
                    jwk, JWSAlgorithm.EdDSA, (header, claims) -> edwards(keys.getPrivate(), header, claims));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String edwards(PrivateKey key, JWSHeader header, JWTClaimsSet claims)
            throws GeneralSecurityException {
        var input = header.toBase64URL() + "." + claims.toPayload().toBase64URL();
        var signature = Signature.getInstance("Ed25519");
        signature.initSign(key);
        signature.update(input.getBytes(StandardCharsets.US_ASCII));
        return input + "." + Base64URL.encode(signature.sign());
    }

    private static SigningKey pair(JWK published, JWSAlgorithm algorithm, JWSSigner signer) {
        return new SigningKey(published, algorithm, (header, claims) -> {
            var token = new SignedJWT(header, claims);
            token.sign(signer);
            return token.serialize();
        });
    }

    static RSAKey publicRsa(SigningKey pair) {
        return (RSAKey) pair.published();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
