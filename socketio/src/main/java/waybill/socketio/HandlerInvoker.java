package waybill.socketio;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs what an application has registered: a handler that fails is logged and ends no connection.
final class HandlerInvoker {

    private static final Logger LOG = LoggerFactory.getLogger(HandlerInvoker.class);

    private HandlerInvoker() {}

    static void run(Namespace namespace, Runnable handler) {
        try {
            handler.run();
        } catch (ArgumentException e) { // the client's mistake, which it may repeat as often as it likes
            LOG.debug("an event of {} was not handled: {}", namespace.name(), e.getMessage());
        } catch (Exception | AssertionError | LinkageError | StackOverflowError e) {
            LOG.error("a handler of {} failed", namespace.name(), e);
        }
    }

    /// Whether a filter lets an event pass; one that fails does not.
    static boolean passes(Namespace.SocketEventFilter filter, Socket socket, String event, Args args, Ack ack) {
        try {
            return filter.passes(socket, event, args, ack);
        } catch (Exception | AssertionError | LinkageError | StackOverflowError e) {
            return onFilterFailed(socket.namespace(), e);
        }
    }

    static boolean passes(Socket.EventFilter filter, Namespace namespace, String event, Args args, Ack ack) {
        try {
            return filter.passes(event, args, ack);
        } catch (Exception | AssertionError | LinkageError | StackOverflowError e) {
            return onFilterFailed(namespace, e);
        }
    }

    private static boolean onFilterFailed(Namespace namespace, Throwable e) {
        LOG.error("a filter of {} failed, so the event is refused", namespace.name(), e);
        return false;
    }
}
