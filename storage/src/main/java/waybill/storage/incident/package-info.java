/// Incident files: the events, orders and positions of one order or of a time, in one file that another machine
/// replays. Start with [waybill.storage.incident.IncidentExport] and [waybill.storage.incident.IncidentFile].
@NullMarked
package waybill.storage.incident;

import org.jspecify.annotations.NullMarked;
