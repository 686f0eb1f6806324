package waybill.bucket;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongSupplier;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/// The content of an object. A service that sends it drop by drop is not waited for without end: only the time in
/// which a reader waits counts, and not that between two reads. Used by one thread at a time.
final class ObjectStream extends InputStream {

    private final ResponseInputStream<GetObjectResponse> in;
    private final Duration waitMax;
    private final LongSupplier elapsedMs;
    private long waitedMs;
    private boolean isEnded;

    ObjectStream(ResponseInputStream<GetObjectResponse> in, Duration waitMax, LongSupplier elapsedMs) {
        this.in = in;
        this.waitMax = waitMax;
        this.elapsedMs = elapsedMs;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (waitedMs > waitMax.toMillis()) {
            throw new IOException("s3-bucket: sends an object for more than " + waitMax.toSeconds() + " s");
        }
        var before = elapsedMs.getAsLong();
        var count = in.read(bytes, offset, length);
        waitedMs += elapsedMs.getAsLong() - before;
        isEnded = count < 0;
        return count;
    }

    /// The rest of an object that is not read is not waited for.
    @Override
    public void close() throws IOException {
        if (isEnded) {
            in.close();
        } else {
            in.abort();
        }
    }
}
