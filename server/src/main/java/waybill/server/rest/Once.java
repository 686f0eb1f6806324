package waybill.server.rest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import waybill.access.UserId;
import waybill.directory.Answer;
import waybill.order.Journal;
import waybill.order.Ledger;

/// Has a write done once, however often it is sent under the same `Idempotency-Key`: its answer is kept in the same
/// transaction. A refusal is not kept, since nothing was done.
///
/// @param user whose key it is; the same key of somebody else is another one
/// @param fingerprint tells the same request from another one
record Once(UserId user, String key, String fingerprint, Instant at) {

    private static final String REPLAYED = "idempotent-replayed";

    Journal.Work<Reply> of(Journal.Work<Reply> work) {
        return ledger -> ledger.answerTo(user, key).map(this::again).orElseGet(() -> first(ledger, work));
    }

    private Reply first(Ledger ledger, Journal.Work<Reply> work) {
        var reply = work.run(ledger);
        if (reply.isDone()) {
            ledger.keep(user, key, new Answer(fingerprint, reply.status(), reply.body()), at);
        }
        return reply;
    }

    private Reply again(Answer known) {
        return known.fingerprint().equals(fingerprint)
                ? Reply.json(known.status(), known.body()).with(REPLAYED, "true")
                : Problem.conflict(
                                "Idempotency-Key: used before for another request (expected: one key for each)",
                                "Idempotency-Key")
                        .reply();
    }

    static String fingerprint(String method, String path, byte[] body) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update((method + " " + path + "\n").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
