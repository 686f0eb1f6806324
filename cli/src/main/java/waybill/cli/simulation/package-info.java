/// Drives a hub that runs somewhere else, by real sockets through a network that fails, and compares what its clients
/// were acknowledged and have received with what the hub has committed.
///
/// It knows the hub by its public protocols alone. Start at [waybill.cli.simulation.SocketSimulation].
@NullMarked
package waybill.cli.simulation;

import org.jspecify.annotations.NullMarked;
