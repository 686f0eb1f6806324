package waybill.socketio.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import waybill.socketio.wire.RawClient.ReceivedFrame;
import waybill.socketio.wire.RawClient.Response;

/// What a server sends on one TCP connection, parsed: HTTP responses and WebSocket frames.
record ServerBytes(InputStream in) {

    /// The next response.
    Response readResponse() throws IOException {
        var status = Integer.parseInt(readLine().split(" ", -1)[1]);
        var headers = new HashMap<String, String>();
        for (var line = readLine(); !line.isEmpty(); line = readLine()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return new Response(status, headers, readBody(status, headers));
    }

    private byte[] readBody(int status, Map<String, String> headers) throws IOException {
        if (status == 101 || status == 204 || status == 100) {
            return new byte[0];
        }
        if ("chunked".equals(headers.get("transfer-encoding"))) {
            var all = new ByteArrayOutputStream();
            for (int size = Integer.parseInt(readLine(), 16); size > 0; size = Integer.parseInt(readLine(), 16)) {
                all.writeBytes(readExactly(size));
                readLine();
            }
            readLine();
            return all.toByteArray();
        }
        var length = headers.get("content-length");
        return length == null ? in.readAllBytes() : readExactly(Integer.parseInt(length));
    }

    private String readLine() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int b = readByte(); b != '\n'; b = readByte()) {
            line.write(b);
        }
        return line.toString(ISO_8859_1).strip();
    }

    /// The next frame that is no answer to a ping.
    ReceivedFrame readFrame() throws IOException {
        int first = readByte();
        int length = readByte();
        if (length == 126) {
            length = readByte() << 8 | readByte();
        } else if (length == 127) {
            readExactly(4);
            length = readByte() << 24 | readByte() << 16 | readByte() << 8 | readByte();
        }
        return new ReceivedFrame(first & 0x0F, (first & 0x40) != 0, readExactly(length));
    }

    private int readByte() throws IOException {
        int b = in.read();
        if (b < 0) {
            throw new EOFException("the server closed the connection");
        }
        return b;
    }

    private byte[] readExactly(int length) throws IOException {
        var bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the server closed the connection");
        }
        return bytes;
    }
}
