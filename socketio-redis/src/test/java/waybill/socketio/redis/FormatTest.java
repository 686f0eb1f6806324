package waybill.socketio.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.socketio.ValueCodec;
import waybill.socketio.adapter.BroadcastOptions;
import waybill.socketio.adapter.FrameKind;
import waybill.socketio.adapter.FrameOptions;
import waybill.socketio.adapter.Packet;
import waybill.socketio.adapter.ProtocolException;
import waybill.socketio.adapter.SocketDetails;
import waybill.socketio.adapter.Target;

/// The messages between nodes, as the npm adapter writes and reads them.
class FormatTest {

    private static final HexFormat HEX = HexFormat.of();
    private static final Target KITCHEN = new Target(Set.of("kitchen"), Set.of("s1"));

    /// What `@socket.io/redis-emitter` 5.1.0 publishes for `emitter.of("/caps").to("kitchen").volatile.emit("go", 1)`.
    private static final String EMITTED = "93a7656d697474657283a47479706502a464617461"
            + "92a2676f01a36e7370a52f6361707383a5726f6f6d7391a76b69746368656ea5666c616773"
            + "81a8766f6c6174696c65c3a665786365707490";

    @Test
    void aBroadcastOfTheEmitterIsRead() throws ProtocolException {
        var broadcast = BroadcastFormat.decode(HEX.parseHex(EMITTED), "/caps");
        assertThat(broadcast.node()).isEqualTo("emitter");
        assertThat(broadcast.packet().data().json()).isEqualTo("[\"go\",1]");
        assertThat(broadcast.options())
                .isEqualTo(new BroadcastOptions(
                        new Target(Set.of("kitchen"), Set.of()),
                        FrameOptions.RELIABLE.withKind(FrameKind.VOLATILE),
                        true));
    }

    @Test
    void aBroadcastIsReadAsItWasWritten() throws ProtocolException {
        var bytes = new byte[] {1, 2};
        for (var frame : List.of(
                FrameOptions.RELIABLE,
                FrameOptions.RELIABLE.withCompress(false),
                FrameOptions.RELIABLE.withKind(FrameKind.VOLATILE),
                FrameOptions.RELIABLE.withKey("driver 7"))) {
            var packet = event("go", 1.5, Arrays.asList(null, true), Map.of("photo", bytes));
            var written = new BroadcastFormat("n1", packet, new BroadcastOptions(KITCHEN, frame, false));
            var read = BroadcastFormat.decode(written.encode(), "/caps");
            assertThat(read.packet().data()).isEqualTo(packet.data());
            assertThat(read.packet().attachments()).containsExactly(bytes);
            assertThat(read.options()).isEqualTo(new BroadcastOptions(KITCHEN, frame, true));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // nothing
                "c0", // null
                "90", // no packet
                "92a16ec0", // a packet that is no object
                "92a16e80", // of the main namespace
                "92a16e81a36e7370a52f63617073", // without data
                "92a16e82a36e7370a52f63617073a46461746190", // without an event's name
                "92a16e82a36e7370a52f63617073a46461746191c0", // with null for a name
                "93a16e82a36e7370a52f63617073a46461746191a161c0" // with null for options
            })
    void aMalformedBroadcastIsRejected(String hex) {
        assertThatThrownBy(() -> BroadcastFormat.decode(HEX.parseHex(hex), "/caps"))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("expected: ");
    }

    @Test
    void requestsAreReadAsTheyWereWritten() throws ProtocolException {
        for (var request : List.<NodeRequest>of(
                new NodeRequest.SocketIds("n1", "r1", new Target(Set.of("kitchen"), Set.of())),
                new NodeRequest.AllRooms("n1", "r1"),
                new NodeRequest.Join("n1", "", KITCHEN, Set.of("a", "b")),
                new NodeRequest.Leave("n1", "", KITCHEN, Set.of("a")),
                new NodeRequest.Disconnect("n1", "", KITCHEN, true),
                new NodeRequest.FetchSockets("n1", "r1", KITCHEN),
                new NodeRequest.ServerSideEmit("n1", "r1", List.of("go", 1L)))) {
            var bytes = RequestFormat.encode(request);
            assertThat(bytes[0]).as("JSON").isEqualTo((byte) '{');
            assertThat(RequestFormat.decode(bytes, "/caps")).isEqualTo(request);
        }
        var broadcast = new NodeRequest.BroadcastWithAck(
                "n1", "r1", event("go", 1), new BroadcastOptions(KITCHEN, FrameOptions.RELIABLE, true));
        assertThat(RequestFormat.decode(RequestFormat.encode(broadcast), "/caps"))
                .isEqualTo(broadcast);
    }

    @Test
    void aRequestWithBinaryIsMessagePack() throws ProtocolException {
        var data = List.<@Nullable Object>of("go", new byte[] {7});
        var bytes = RequestFormat.encode(new NodeRequest.ServerSideEmit("n1", "", data));
        assertThat(bytes[0]).isNotEqualTo((byte) '{');
        assertThat(RequestFormat.decode(bytes, "/caps"))
                .isInstanceOfSatisfying(
                        NodeRequest.ServerSideEmit.class,
                        request -> assertThat(request.data().get(1)).isEqualTo(new byte[] {7}));
    }

    /// As adapters before version 7 name one socket and one room.
    @Test
    void requestsOfOldNodesAreRead() throws ProtocolException {
        assertThat(request("{\"uid\":\"n1\",\"requestId\":\"r1\",\"type\":2,\"sid\":\"s1\",\"room\":\"kitchen\"}"))
                .isEqualTo(new NodeRequest.Join("n1", "r1", new Target(Set.of("s1"), Set.of()), Set.of("kitchen")));
        assertThat(request("{\"uid\":\"n1\",\"requestId\":\"r1\",\"type\":0,\"rooms\":[5]}"))
                .isEqualTo(new NodeRequest.SocketIds("n1", "r1", new Target(Set.of("5"), Set.of())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{}",
                "{\"type\":\"5\"}",
                "{\"type\":5}",
                "{\"type\":2,\"opts\":7}",
                "{\"type\":10}",
                "{\"type\":3,\"opts\":{\"rooms\":\"kitchen\"}}",
                "{\"type\":6,\"data\":[]}",
                "{\"type\":7}"
            })
    void aMalformedRequestIsRejected(String json) {
        assertThatThrownBy(() -> request(json)).isInstanceOf(ProtocolException.class);
    }

    private static NodeRequest request(String json) throws ProtocolException {
        return RequestFormat.decode(json.getBytes(StandardCharsets.UTF_8), "/caps");
    }

    @Test
    void responsesAreReadAsTheyWereWritten() throws ProtocolException {
        for (var response : List.<NodeResponse>of(
                new NodeResponse.Rooms("r1", Set.of("kitchen")),
                new NodeResponse.Sockets(
                        "r1",
                        List.of(new SocketDetails("s1", Set.of("kitchen"), Map.of("a", 1L), Map.of("auth", Map.of())))),
                new NodeResponse.Sockets("r1", List.of()),
                new NodeResponse.Emitted("r1", List.of(1L)),
                new NodeResponse.ClientCount("r1", 3),
                new NodeResponse.ClientAck("r1", Map.of("ok", true)),
                new NodeResponse.ClientAck("r1", null),
                new NodeResponse.Done("r1"))) {
            assertThat(ResponseFormat.decode(ResponseFormat.encode(response))).isEqualTo(response);
        }
    }

    @Test
    void aHandshakeIsSentWithoutItsSecrets() {
        var socket = new SocketDetails(
                "s1",
                Set.of(),
                new Object(),
                Map.of(
                        "auth", Map.of("token", "secret"),
                        "headers", Map.of("cookie", "secret", "authorization", "secret", "accept", "*/*"),
                        "url", "/socket.io/"));
        assertThat(new String(
                        ResponseFormat.encode(new NodeResponse.Sockets("r1", List.of(socket))), StandardCharsets.UTF_8))
                .contains("\"headers\":{\"accept\":\"*/*\"}")
                .contains("\"auth\":{}")
                .as("what the application has put on it cannot be sent")
                .contains("\"data\":{}")
                .doesNotContain("secret");
    }

    @Test
    void channelsAreThoseOfTheNpmAdapter() {
        var channels = Channels.of("socket.io", "/caps");
        assertThat(channels.broadcast(new Target(Set.of("kitchen"), Set.of()))).isEqualTo("socket.io#/caps#kitchen#");
        assertThat(channels.broadcast(Target.ALL)).isEqualTo("socket.io#/caps#");
        assertThat(channels.broadcast(new Target(Set.of("a", "b"), Set.of()))).isEqualTo("socket.io#/caps#");
        assertThat(channels.requests()).isEqualTo("socket.io-request#/caps#");
        assertThat(channels.responsesTo("n1")).isEqualTo("socket.io-response#/caps#n1#");
        assertThat(channels.broadcastPattern()).isEqualTo("socket.io#/caps#*");
        assertThat(Channels.of("socket.io", "/a*[b]?\\").broadcastPattern())
                .isEqualTo("socket.io#/a\\*\\[b\\]\\?\\\\#*");
    }

    @Test
    void thePasswordIsInNoText() {
        var config = RedisConfig.of(URI.create("redis://anna:secret@redis.example:6380"));
        assertThat(config.toString()).contains("redis.example:6380").doesNotContain("secret");
        assertThatThrownBy(() -> RedisConfig.of(URI.create("http://anna:secret@example")))
                .hasMessage("uri: begins with 'http:' (expected: redis:// or rediss://)");
    }

    private static Packet.Event event(@Nullable Object... values) {
        return ValueCodec.event("/caps", Packet.NO_ACK, Arrays.asList(values));
    }
}
