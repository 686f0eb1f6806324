/// What a public link to an order shows, and which links are valid.
///
/// Start at [waybill.hub.link.LinkView], which has no field that a stranger must not see.
/// [waybill.hub.link.LinkViewReader] reads it, and [waybill.hub.link.LinkFinder] finds the link of a token. Nothing
/// here knows how a view is sent.
@NullMarked
package waybill.hub.link;

import org.jspecify.annotations.NullMarked;
