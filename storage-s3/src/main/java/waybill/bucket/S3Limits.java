package waybill.bucket;

import java.time.Duration;

/// How long the bucket is waited for, and how often it is asked.
///
/// @param connect the time for a connection
/// @param read the time for the next bytes of an answer
/// @param attempt the time of one attempt, with its body
/// @param call the time of all attempts of a request
/// @param attemptsMax attempts of a request; the others follow an error of the service or of the network
/// @param body the time in which the pieces of a file are waited for, all together
/// @param pause after a request that failed, the time in which no other is tried
public record S3Limits(
        Duration connect,
        Duration read,
        Duration attempt,
        Duration call,
        int attemptsMax,
        Duration body,
        Duration pause) {

    public static S3Limits defaults() {
        return new S3Limits(
                Duration.ofSeconds(3),
                Duration.ofSeconds(10),
                Duration.ofSeconds(12),
                Duration.ofSeconds(25),
                3,
                Duration.ofSeconds(30),
                Duration.ofSeconds(5));
    }
}
