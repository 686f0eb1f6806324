package waybill.cli.city;

import java.util.List;

/// Finds ways between places that are beside the streets.
public final class Navigator {

    private final List<Address> addresses;
    private final List<Point> places;
    private final Routes routes;

    public Navigator(City city) {
        addresses = city.addresses();
        routes = city.routes();
        places = addresses.stream().map(address -> routes.place(address.stop())).toList();
    }

    /// From `from` to the address that is nearest to `to`.
    public Route route(Point from, Point to) {
        return routes.route(nearest(from).stop(), nearest(to).stop()).from(from);
    }

    /// The address at which a driver stops nearest to `point`.
    Address nearest(Point point) {
        var nearest = 0;
        var distance = Double.MAX_VALUE;
        for (var i = 0; i < places.size(); i++) {
            var one = places.get(i).distanceTo(point);
            if (one < distance) {
                distance = one;
                nearest = i;
            }
        }
        return addresses.get(nearest);
    }
}
