package waybill.hub.position;

/// Sends changes of drivers' signals to their viewers on this node: each node watches all drivers. Called for one
/// driver at a time, and never blocks.
@FunctionalInterface
public interface SignalPublisher {

    void publish(SignalUpdate update);
}
