/// What runs when, on which thread: deadlines of orders, repeated tasks, blocking reads, and whether the threads
/// live.
@NullMarked
package waybill.hub.schedule;

import org.jspecify.annotations.NullMarked;
