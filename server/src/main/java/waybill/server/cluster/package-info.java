/// What the nodes of a hub tell each other over Redis, and the ports of the hub that stand on it.
///
/// [waybill.server.cluster.ClusterNode] knows which other nodes there are, and keeps the counts of
/// [waybill.server.cluster.SharedTable] in step. Each port answers from the memory of its node, so that none waits for
/// Redis: while that is away, each node goes on with what it knows. Nothing that is guaranteed depends on it. How a
/// message is published is behind [waybill.server.cluster.NodeBus]; the package knows no Redis.
@NullMarked
package waybill.server.cluster;

import org.jspecify.annotations.NullMarked;
