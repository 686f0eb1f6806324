/// Travel times from services over HTTP: any that speaks the protocol of OSRM, Mapbox, and Google Routes.
///
/// [waybill.server.routing.RoutingConfig] says which one: start there. [waybill.server.routing.HttpRouting] sends the
/// requests; what a service is asked and how its answer is parsed is a [waybill.server.routing.RoutingProtocol].
/// Limits,
/// caching and fallback are those of [waybill.hub.eta.CachedTravelTimes].
@NullMarked
package waybill.server.routing;

import org.jspecify.annotations.NullMarked;
