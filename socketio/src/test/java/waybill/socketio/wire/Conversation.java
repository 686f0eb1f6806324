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

/// Plays one section of a script against a server: each line is said, or is heard word for word.
final class Conversation implements AutoCloseable {

    private static final Pattern LABEL = Pattern.compile("([a-z]+): (.*)");
    private static final HexFormat HEX = HexFormat.of();

    private final int port;
    private final String path;
    private final Map<String, Peer> peers = new LinkedHashMap<>();
    private final Map<String, String> names = new HashMap<>();
    private int nonce;

    Conversation(int port, String path) {
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
            settle();
            return;
        }
        var peer = peers.computeIfAbsent(label, _ -> Peer.dial(port));
        switch (verb) {
            case "GET", "POST", "PUT", "DELETE", "OPTIONS" -> request(peer, verb, what);
            case "WS" -> webSocket(peer, what);
            case "NOWS" -> noWebSocket(peer, what);
            case "->" -> response(peer, what);
            case ">" -> peer.text(Template.say(what, names));
            case ">>" -> peer.binary(HEX.parseHex(what));
            case "<" -> hear(peer, what);
            case "<<" ->
                assertThat(HEX.formatHex(hear(peer, Peer.BINARY).bytes())).isEqualTo(what);
            case "first" -> peer.fragment(Peer.TEXT, false, bytes(what));
            case "middle" -> peer.fragment(Peer.CONTINUATION, false, bytes(what));
            case "last" -> peer.fragment(Peer.CONTINUATION, true, bytes(what));
            case "bare" -> peer.frame(0x81, bytes(what), false);
            case "ping" -> peer.ping(what);
            case "raw" -> peer.say(HEX.parseHex(what.replace(" ", "")));
            case "say" -> peer.say(Template.say(what, names));
            case "=" -> nothingUnsaid(peer);
            case "x" -> closed(peer, what);
            case "end" -> peer.ended();
            case "drop" -> peer.drop();
            default -> throw new IllegalArgumentException("script: " + line + " (expected: a verb)");
        }
    }

    /// The server has one event loop: when it has twice answered what came later, it has dealt with what came before.
    private void settle() {
        try (var other = Peer.dial(port)) {
            for (int i = 0; i < 2; i++) {
                assertThat(other.get(path + "?EIO=4&transport=polling&sid=nobody")
                                .status())
                        .isEqualTo(400);
            }
        }
    }

    private byte[] bytes(String what) {
        return Template.say(what, names).getBytes(StandardCharsets.UTF_8);
    }

    /// `target`, then a body, then ` -> ` and the response that is awaited; without the arrow nothing is awaited.
    private void request(Peer peer, String method, String what) {
        int arrow = what.indexOf(" -> ");
        var said = arrow < 0 ? what : what.substring(0, arrow);
        int space = said.indexOf(' ');
        var target = space < 0 ? said : said.substring(0, space);
        var body = space < 0 ? "" : said.substring(space + 1);
        peer.request(method, Template.say(target, names), Template.say(body, names));
        if (arrow >= 0) {
            response(peer, what.substring(arrow + 4));
        }
    }

    private void webSocket(Peer peer, String what) {
        int arrow = what.indexOf(" -> ");
        var target = arrow < 0 ? what : what.substring(0, arrow);
        var response = peer.upgrade(Template.say(target, names));
        assertThat(response.status()).isEqualTo(arrow < 0 ? 101 : Integer.parseInt(what.substring(arrow + 4)));
    }

    private void noWebSocket(Peer peer, String target) {
        if (peer.upgrade(Template.say(target, names)).status() == 101) {
            peer.closed();
        }
    }

    /// A status, or `*`, and, after a space, the whole body.
    private void response(Peer peer, String what) {
        var response = peer.response();
        int space = what.indexOf(' ');
        var status = space < 0 ? what : what.substring(0, space);
        if (!status.equals("*")) {
            assertThat(response.status() + " " + shown(response.body())).startsWith(status + " ");
        }
        if (space >= 0) {
            heard(what.substring(space + 1), response.body());
        }
    }

    private void hear(Peer peer, String what) {
        heard(what, hear(peer, Peer.TEXT).text());
    }

    private static Peer.Heard hear(Peer peer, int opcode) {
        var heard = peer.hear();
        if (heard.opcode() != opcode) {
            fail("opcode: " + heard.opcode() + " '" + shown(heard.text()) + "' (expected: " + opcode + ")");
        }
        return heard;
    }

    private void heard(String expected, String heard) {
        if (!Template.hears(expected, heard, names)) {
            fail("heard: " + shown(heard) + " (expected: " + expected + ")");
        }
    }

    private void nothingUnsaid(Peer peer) {
        var text = "unsaid-" + nonce++;
        peer.ping(text);
        var heard = peer.hear();
        assertThat(heard.opcode() + " " + shown(heard.text())).isEqualTo(Peer.PONG + " " + text);
    }

    private static void closed(Peer peer, String code) {
        int heard = peer.closed();
        if (!code.isEmpty()) {
            assertThat(heard).as("close code").isEqualTo(Integer.parseInt(code));
        }
    }

    private static String shown(String text) {
        return text.length() > 200 ? text.substring(0, 200) + "… (" + text.length() + ")" : text;
    }

    @Override
    public void close() {
        peers.values().forEach(Peer::close);
    }
}
