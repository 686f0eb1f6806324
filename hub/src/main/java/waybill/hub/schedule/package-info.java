/// Timers and threads: deadlines of orders, periodic tasks, blocking reads, and thread health.
@NullMarked
package waybill.hub.schedule;

import org.jspecify.annotations.NullMarked;
