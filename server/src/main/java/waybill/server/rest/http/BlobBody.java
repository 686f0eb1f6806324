package waybill.server.rest.http;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import waybill.blob.Blob;
import waybill.blob.BlobCheck;
import waybill.blob.BlobStore;
import waybill.server.rest.contract.Problem;

/// A stored file as the body of a response. The last piece is sent only if the file has its size and its hash, so
/// that a client never takes a damaged one for whole.
public final class BlobBody implements BodySource {

    private static final int PIECE_BYTES = 64 << 10;

    private final Blob blob;
    private final InputStream in;
    private final MessageDigest digest = BlobCheck.sha256();
    private long read;

    private BlobBody(Blob blob, InputStream in) {
        this.blob = blob;
        this.in = in;
    }

    /// A response with a file that a browser must neither run nor take for another type.
    ///
    /// @param name of the file, without its end
    public static StreamedResponse response(BlobStore store, Blob blob, String name, Map<String, String> headers) {
        var in = store.open(blob.id()).orElseThrow(() -> Problem.notFound("image: deleted (expected: a later one)"));
        var all = new HashMap<>(headers);
        all.put(
                "content-disposition",
                "inline; filename=\"" + name + "." + blob.type().extension() + "\"");
        all.put("x-content-type-options", "nosniff");
        all.put("content-security-policy", "default-src 'none'; sandbox");
        all.put("cross-origin-resource-policy", "same-site");
        return new StreamedResponse(200, blob.type().mediaType(), blob.size(), all, new BlobBody(blob, in));
    }

    @Override
    public byte[] next() throws IOException {
        var piece = in.readNBytes((int) Math.min(PIECE_BYTES, blob.size() - read));
        read += piece.length;
        digest.update(piece);
        if (piece.length == 0 && read < blob.size()) {
            throw new IOException("image " + blob.id() + ": ends after " + read + " of " + blob.size() + " bytes");
        }
        if (piece.length > 0 && read == blob.size() && !isWhole()) {
            throw new IOException("image " + blob.id() + ": damaged (expected: the hash " + blob.sha256() + ")");
        }
        return piece;
    }

    private boolean isWhole() throws IOException {
        return in.read() < 0 && Arrays.equals(digest.digest(), HexFormat.of().parseHex(blob.sha256()));
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
