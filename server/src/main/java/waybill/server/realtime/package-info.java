/// The live side: what is said on a namespace goes through its dialect to the domain, and what the log says
/// goes through the dialects to rooms.
///
/// [waybill.server.realtime.Live] takes over the namespaces of all dialects but `/caps`: start there. A
/// [waybill.server.realtime.Hall] says which dialect is spoken where and who may come in,
/// [waybill.server.realtime.Conversation] hears, [waybill.server.realtime.LiveNews] tells, and
/// [waybill.server.realtime.Positions] passes on where drivers are without touching the disk.
/// [waybill.server.realtime.CapsNamespace] and [waybill.server.realtime.CapsNews] do the same for `/caps`, and
/// [waybill.server.realtime.Newsroom] runs the one relay that tells them all.
///
/// Nothing here decides about orders, and nothing waits on an event loop: what takes time is a future, or runs on the
/// readers.
@NullMarked
package waybill.server.realtime;

import org.jspecify.annotations.NullMarked;
