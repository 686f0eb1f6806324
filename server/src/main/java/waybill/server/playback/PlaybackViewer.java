package waybill.server.playback;

import java.util.concurrent.CompletionStage;
import waybill.socketio.RawJson;
import waybill.socketio.Socket;

/// The client that sees a playback.
interface PlaybackViewer {

    /// Emits an event. Never blocks.
    ///
    /// @param args JSON texts
    void emit(String event, String... args);

    /// Done when all that was emitted so far has been handed to the network.
    CompletionStage<Void> whenDrained();

    static PlaybackViewer of(Socket socket) {
        return new PlaybackViewer() {
            @Override
            public void emit(String event, String... args) {
                var raw = new RawJson[args.length];
                for (var i = 0; i < args.length; i++) {
                    raw[i] = new RawJson(args[i]);
                }
                socket.emit(event, (Object[]) raw);
            }

            @Override
            public CompletionStage<Void> whenDrained() {
                return socket.whenDrained();
            }
        };
    }
}
