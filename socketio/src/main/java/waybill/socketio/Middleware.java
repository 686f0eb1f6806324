package waybill.socketio;

import org.jspecify.annotations.Nullable;

/// Decides whether a socket may connect to a namespace. Runs before the socket is connected; it is sent nothing
/// and may be in no room until every middleware has called `proceed`.
@FunctionalInterface
public interface Middleware {

    void check(Socket socket, Next next);

    /// What a middleware decides: once, from any thread, now or later.
    interface Next {

        void proceed();

        /// The client gets a `connect_error` with this message and, if not null, this `data`.
        void reject(String message, @Nullable Object data);

        default void reject(String message) {
            reject(message, null);
        }
    }
}
