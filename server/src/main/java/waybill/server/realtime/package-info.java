/// The live side: what is said on a namespace goes through its dialect to the domain, and what the log says goes
/// through
/// the dialects to rooms.
///
/// [waybill.server.realtime.CapsNamespace] hears; [waybill.server.realtime.Newsroom] tells, with
/// [waybill.server.realtime.CapsNews]. Nothing here decides about orders, and nothing waits on an event loop: what
/// takes
/// time is a future, or runs on the readers.
@NullMarked
package waybill.server.realtime;

import org.jspecify.annotations.NullMarked;
