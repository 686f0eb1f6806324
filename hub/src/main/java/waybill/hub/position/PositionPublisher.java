package waybill.hub.position;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sends positions and ETAs of an order to its viewers. Called for one driver at a time, in the order in which its
/// positions were classified: it hands them on in that order, and never blocks.
public interface PositionPublisher {

    /// Sends one position, and the ETA that follows from it, to the viewers on every node.
    ///
    /// @param positions the payloads of one position: one for all viewers, or one for each group of them
    /// @param etaOrNone the ETA, if it has changed enough to be published
    void publish(List<PositionUpdate> positions, @Nullable EtaUpdate etaOrNone);

    /// Sends an ETA to the viewers of this node alone: each node sends it to its own.
    void publishHere(EtaUpdate eta);

    /// Sends to several kinds of viewers.
    static PositionPublisher toAll(List<PositionPublisher> publishers) {
        return new PositionPublisher() {
            @Override
            public void publish(List<PositionUpdate> positions, @Nullable EtaUpdate etaOrNone) {
                publishers.forEach(publisher -> publisher.publish(positions, etaOrNone));
            }

            @Override
            public void publishHere(EtaUpdate eta) {
                publishers.forEach(publisher -> publisher.publishHere(eta));
            }
        };
    }
}
