package waybill.server;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A client with hardly any room on its side, which reads only when a test says so.
final class SlowDriver implements AutoCloseable {

    private static final Pattern ID = Pattern.compile("\"messageId\":\"(m\\d+)\"");

    private final Socket socket = new Socket();
    private final DataInputStream in;

    private SlowDriver(InetSocketAddress address) throws IOException {
        socket.setReceiveBufferSize(4_096);
        socket.setSoTimeout(60_000);
        socket.connect(address);
        in = new DataInputStream(socket.getInputStream());
    }

    static SlowDriver connect(InetSocketAddress address) throws IOException {
        var driver = new SlowDriver(address);
        var request = "GET /socket.io/?EIO=4&transport=websocket&driverId=kari HTTP/1.1\r\nHost: localhost:"
                + address.getPort()
                + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        driver.socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) driver.in.readUnsignedByte());
        }
        driver.say("40/caps,");
        var text = driver.frame();
        while (!text.startsWith("40/caps,")) {
            text = driver.frame();
        }
        return driver;
    }

    /// The ids of so many pickups, as they come.
    List<String> read(int pickups) throws IOException {
        var ids = new ArrayList<String>();
        while (ids.size() < pickups) {
            var text = frame();
            var id = ID.matcher(text.substring(0, Math.min(200, text.length())));
            if (text.startsWith("42/caps,[\"pickup\"") && id.find()) {
                ids.add(id.group(1));
            } else if (text.equals("2")) {
                say("3");
            }
        }
        return ids;
    }

    private String frame() throws IOException {
        in.readUnsignedByte();
        long length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        return new String(in.readNBytes((int) length), StandardCharsets.UTF_8);
    }

    /// In a frame masked with zeros, which change nothing.
    void say(String text) throws IOException {
        var frame = new ByteArrayOutputStream();
        frame.write(0x81);
        frame.write(0x80 | text.length());
        frame.writeBytes(new byte[4]);
        frame.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(frame.toByteArray());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
