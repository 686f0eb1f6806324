/// A hub, its clients, its network and its disk in one thread and in virtual time: what happens, and in which order,
/// follows from a seed alone.
@NullMarked
package waybill.server.simulation;

import org.jspecify.annotations.NullMarked;
