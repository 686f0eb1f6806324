package waybill.server;

import waybill.server.rest.contract.Contract;
import waybill.server.web.TrackingFiles;

/// Reads what every hub needs and takes a while, on a thread of its own while the store opens. The part that needs it
/// waits for that thread, or reads it itself: each is read once in a process.
final class Preload {

    private Preload() {}

    static void start() {
        Thread.ofPlatform().daemon().name("waybill-preload").start(() -> {
            Contract.read();
            TrackingFiles.create(false); // needs the version of the pages' files
        });
    }
}
