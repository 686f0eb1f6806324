package waybill.server;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import waybill.concurrent.Threads;
import waybill.server.webhook.WebhookTransport;
import waybill.storage.sql.Disk;

/// Time, randomness, threads, the disk and the servers of others, which every part of a hub takes from here: those of
/// this machine, or those of a simulation.
///
/// @param clock the time of day
/// @param nanoTime nanoseconds since some moment, whatever the clock is set to
/// @param webhooks sends webhooks
/// @param notifications sends push messages and e-mails
public record Platform(
        InstantSource clock,
        LongSupplier nanoTime,
        SecureRandom random,
        Threads threads,
        Disk disk,
        WebhookTransport.Factory webhooks,
        NotificationServices notifications) {

    /// With the disk and the network of this machine.
    public Platform(InstantSource clock, LongSupplier nanoTime, SecureRandom random, Threads threads) {
        this(
                clock,
                nanoTime,
                random,
                threads,
                Disk.ofMachine(),
                WebhookTransport.Factory.ofMachine(),
                NotificationServices.ofMachine());
    }

    /// Those of this machine.
    public static Platform system() {
        return new Platform(InstantSource.system(), System::nanoTime, new SecureRandom(), Threads.ofPlatform());
    }

    /// Milliseconds since some moment, whatever the clock is set to.
    long elapsedMs() {
        return TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong());
    }
}
