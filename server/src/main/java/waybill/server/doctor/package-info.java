/// What stands in the way of a hub, looked for before it starts or while it runs; nothing is changed.
///
/// Start at [waybill.server.doctor.DoctorPart]. Knows the configuration and what it names, and nothing of a running
/// hub.
@NullMarked
package waybill.server.doctor;

import org.jspecify.annotations.NullMarked;
