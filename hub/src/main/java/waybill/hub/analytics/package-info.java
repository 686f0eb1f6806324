/// Figures for operators: the orders of the last day by the hour, and the connections, events and latencies of the last
/// hour.
///
/// [waybill.hub.analytics.OrdersByHour] reads the log when it is asked, [waybill.hub.analytics.HubActivity] takes a
/// sample every ten seconds.
@NullMarked
package waybill.hub.analytics;

import org.jspecify.annotations.NullMarked;
