package waybill.socketio.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// Plays one section of a script against a server: each line is sent, or is expected exactly.
final class ScriptRunner implements AutoCloseable {

    private static final Pattern LABEL = Pattern.compile("([a-z]+): (.*)");
    private static final HexFormat HEX = HexFormat.of();

    private final int port;
    private final String path;
    private final Map<String, RawClient> peers = new LinkedHashMap<>();
    private final Map<String, String> names = new HashMap<>();
    private int nonce;

    ScriptRunner(int port, String path) {
        this.port = port;
        this.path = path;
    }

    void play(Script.Section section) {
        for (var line : section.lines()) {
            try {
                play(line.replace("{polling}", path + "?EIO=4&transport=polling")
                        .replace("{websocket}", path + "?EIO=4&transport=websocket"));
            } catch (AssertionError | UncheckedIOException e) {
                throw new AssertionError("at '" + line + "': " + e.getMessage(), e);
            }
        }
    }

    private void play(String line) {
        var labelled = LABEL.matcher(line);
        var label = labelled.matches() ? labelled.group(1) : "";
        var rest = labelled.matches() ? labelled.group(2) : line;
        int space = rest.indexOf(' ');
        var verb = space < 0 ? rest : rest.substring(0, space);
        var what = space < 0 ? "" : rest.substring(space + 1);
        if (verb.equals("~")) {
            awaitIdle();
            return;
        }
        var peer = peers.computeIfAbsent(label, _ -> RawClient.connect(port));
        switch (verb) {
            case "GET", "POST", "PUT", "DELETE", "OPTIONS" -> request(peer, verb, what);
            case "WS" -> webSocket(peer, what);
            case "NOWS" -> noWebSocket(peer, what);
            case "->" -> response(peer, what);
            case ">" -> peer.sendText(MessageTemplate.expand(what, names));
            case ">>" -> peer.sendBinary(HEX.parseHex(what));
            case "<" -> expectFrame(peer, what);
            case "<<" ->
                assertThat(HEX.formatHex(expectFrame(peer, RawClient.BINARY).bytes()))
                        .isEqualTo(what);
            case "first" -> peer.sendFragment(RawClient.TEXT, false, bytes(what));
            case "middle" -> peer.sendFragment(RawClient.CONTINUATION, false, bytes(what));
            case "last" -> peer.sendFragment(RawClient.CONTINUATION, true, bytes(what));
            case "bare" -> peer.sendFrame(0x81, bytes(what), false);
            case "ping" -> peer.sendPing(what);
            case "raw" -> peer.write(HEX.parseHex(what.replace(" ", "")));
            case "write" -> peer.write(MessageTemplate.expand(what, names));
            case "=" -> assertNothingUnread(peer);
            case "x" -> closed(peer, what);
            case "end" -> peer.awaitEnd();
            case "drop" -> peer.reset();
            default -> throw new IllegalArgumentException("script: " + line + " (expected: a verb)");
        }
    }

    /// The server has one event loop: when it has twice answered what came later, it has dealt with what came
    /// before.
    private void awaitIdle() {
        try (var other = RawClient.connect(port)) {
            for (int i = 0; i < 2; i++) {
                assertThat(other.get(path + "?EIO=4&transport=polling&sid=unknown")
                                .status())
                        .isEqualTo(400);
            }
        }
    }

    private byte[] bytes(String what) {
        return MessageTemplate.expand(what, names).getBytes(StandardCharsets.UTF_8);
    }

    /// `target`, then a body, then ` -> ` and the response that is awaited; without the arrow nothing is awaited.
    private void request(RawClient peer, String method, String what) {
        int arrow = what.indexOf(" -> ");
        var request = arrow < 0 ? what : what.substring(0, arrow);
        int space = request.indexOf(' ');
        var target = space < 0 ? request : request.substring(0, space);
        var body = space < 0 ? "" : request.substring(space + 1);
        peer.sendRequest(method, MessageTemplate.expand(target, names), MessageTemplate.expand(body, names));
        if (arrow >= 0) {
            response(peer, what.substring(arrow + 4));
        }
    }

    private void webSocket(RawClient peer, String what) {
        int arrow = what.indexOf(" -> ");
        var target = arrow < 0 ? what : what.substring(0, arrow);
        var response = peer.upgrade(MessageTemplate.expand(target, names));
        assertThat(response.status()).isEqualTo(arrow < 0 ? 101 : Integer.parseInt(what.substring(arrow + 4)));
    }

    private void noWebSocket(RawClient peer, String target) {
        if (peer.upgrade(MessageTemplate.expand(target, names)).status() == 101) {
            peer.readCloseCode();
        }
    }

    /// A status, or `*`, and, after a space, the whole body.
    private void response(RawClient peer, String what) {
        var response = peer.readResponse();
        int space = what.indexOf(' ');
        var status = space < 0 ? what : what.substring(0, space);
        if (!status.equals("*")) {
            assertThat(response.status() + " " + format(response.body())).startsWith(status + " ");
        }
        if (space >= 0) {
            assertMatches(what.substring(space + 1), response.body());
        }
    }

    private void expectFrame(RawClient peer, String what) {
        assertMatches(what, expectFrame(peer, RawClient.TEXT).text());
    }

    private static RawClient.ReceivedFrame expectFrame(RawClient peer, int opcode) {
        var received = peer.readFrame();
        if (received.opcode() != opcode) {
            fail("opcode: " + received.opcode() + " '" + format(received.text()) + "' (expected: " + opcode + ")");
        }
        return received;
    }

    private void assertMatches(String expected, String received) {
        if (!MessageTemplate.matches(expected, received, names)) {
            fail("received: " + format(received) + " (expected: " + expected + ")");
        }
    }

    private void assertNothingUnread(RawClient peer) {
        var text = "unsaid-" + nonce++;
        peer.sendPing(text);
        var received = peer.readFrame();
        assertThat(received.opcode() + " " + format(received.text())).isEqualTo(RawClient.PONG + " " + text);
    }

    private static void closed(RawClient peer, String code) {
        int received = peer.readCloseCode();
        if (!code.isEmpty()) {
            assertThat(received).as("close code").isEqualTo(Integer.parseInt(code));
        }
    }

    private static String format(String text) {
        return text.length() > 200 ? text.substring(0, 200) + "… (" + text.length() + ")" : text;
    }

    @Override
    public void close() {
        peers.values().forEach(RawClient::close);
    }
}
