/// Public links to orders over HTTP: created and revoked by the participants of an order, and opened without a token
/// as JSON, as a page of text and as a stream of events.
///
/// Start at [waybill.server.rest.link.PublicLinks]. [waybill.server.rest.link.LinkViews] sends what changes to the open
/// streams.
@NullMarked
package waybill.server.rest.link;

import org.jspecify.annotations.NullMarked;
