package waybill.server.live;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import waybill.geo.Position;
import waybill.hub.link.LinkUpdates;
import waybill.hub.link.LinkView.LinkEta;
import waybill.hub.link.LinkView.LinkPosition;
import waybill.hub.position.EtaUpdate;
import waybill.hub.position.PositionPublisher;
import waybill.hub.position.PositionUpdate;
import waybill.hub.presence.SocketCounts;
import waybill.order.OrderId;
import waybill.socketio.Args;
import waybill.socketio.Namespace;

/// Publishes positions and ETAs of orders to the viewers of their public links, on every node: to those of this node
/// directly, and to those of the others by an event that nodes send each other and no client receives.
public final class LinkBroadcaster implements PositionPublisher {

    private static final String POSITION = "link:position";
    private static final String ETA = "link:eta";

    private final Namespace namespace;
    private final SocketCounts streamsOfAllNodes;
    private final IntSupplier ownStreams;
    private final LinkUpdates own;

    /// @param namespace its adapter reaches the other nodes
    /// @param ownStreams how many streams of public links this node has
    /// @param own the viewers of this node
    public LinkBroadcaster(
            Namespace namespace, SocketCounts streamsOfAllNodes, IntSupplier ownStreams, LinkUpdates own) {
        this.namespace = namespace;
        this.streamsOfAllNodes = streamsOfAllNodes;
        this.ownStreams = ownStreams;
        this.own = own;
        namespace.onServerSide(POSITION, (args, _) -> own.onPosition(order(args), position(args)));
        namespace.onServerSide(ETA, (args, _) -> own.onEta(order(args), eta(args)));
    }

    @Override
    public void publish(List<PositionUpdate> positions, @Nullable EtaUpdate etaOrNone) {
        var streams = streamsOfAllNodes.count(SocketCounts.LINK_STREAMS);
        if (streams == 0) {
            return;
        }
        var isForOtherNodes = streams > ownStreams.getAsInt();
        for (var position : positions) {
            if (isPublic(position)) {
                publish(position.order(), LinkPosition.of(position), isForOtherNodes);
            }
        }
        if (etaOrNone != null) {
            publish(etaOrNone.order(), LinkEta.of(etaOrNone), isForOtherNodes);
        }
    }

    @Override
    public void publishHere(EtaUpdate eta) {
        if (ownStreams.getAsInt() > 0) {
            own.onEta(eta.order(), LinkEta.of(eta));
        }
    }

    /// Whether the order's customer sees it.
    private static boolean isPublic(PositionUpdate position) {
        return switch (position.viewers()) {
            case ALL, PARTIES -> true;
            case STAFF -> false;
        };
    }

    private void publish(OrderId order, LinkPosition position, boolean isForOtherNodes) {
        own.onPosition(order, position);
        if (isForOtherNodes) {
            namespace.serverSideEmit(
                    POSITION,
                    order.value(),
                    position.position().latitude(),
                    position.position().longitude(),
                    position.isExact(),
                    position.recordedAt().toEpochMilli());
        }
    }

    private void publish(OrderId order, LinkEta eta, boolean isForOtherNodes) {
        own.onEta(order, eta);
        if (isForOtherNodes) {
            namespace.serverSideEmit(
                    ETA,
                    order.value(),
                    eta.minutes(),
                    eta.low(),
                    eta.high(),
                    eta.estimatedDeliveryTime().toEpochMilli());
        }
    }

    private static OrderId order(Args args) {
        return new OrderId(required(args, 0, UUID.class));
    }

    private static LinkPosition position(Args args) {
        return new LinkPosition(
                new Position(required(args, 1, Double.class), required(args, 2, Double.class)),
                required(args, 3, Boolean.class),
                required(args, 4, Instant.class));
    }

    private static LinkEta eta(Args args) {
        return new LinkEta(
                required(args, 1, Integer.class),
                required(args, 2, Integer.class),
                required(args, 3, Integer.class),
                required(args, 4, Instant.class));
    }

    private static <T> T required(Args args, int index, Class<T> type) {
        var value = args.as(index, type);
        if (value == null) {
            throw new IllegalArgumentException(
                    "argument " + index + " of another node: missing (expected: " + type.getSimpleName() + ")");
        }
        return value;
    }
}
