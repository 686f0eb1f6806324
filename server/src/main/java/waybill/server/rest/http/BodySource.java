package waybill.server.rest.http;

import java.io.IOException;

/// A body of a response that is produced piece by piece, as the client reads it. Used by one thread at a time, and
/// never by an event loop: it may block.
public interface BodySource extends AutoCloseable {

    /// The next piece; empty at the end. A body that cannot be continued throws, and its client sees it cut off.
    byte[] next() throws IOException;

    @Override
    void close() throws IOException;
}
