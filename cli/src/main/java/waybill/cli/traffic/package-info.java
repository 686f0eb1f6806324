/// The deliveries of the demo: stores, customers and drivers in a city, as clients of a hub.
///
/// They know of the hub what its documentation says: they ask for tokens, connect to `/marketplace` and use the REST
/// API. The hub
/// chooses the drivers. All of them are confined to one thread. A client that was away, or whose request was rejected,
/// loads
/// its orders again and goes on with them, so that it continues after the hub or the demo was killed.
///
/// Start at [waybill.cli.traffic.CityTraffic].
@NullMarked
package waybill.cli.traffic;

import org.jspecify.annotations.NullMarked;
