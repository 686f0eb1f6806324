/// An invented city: streets with names, a river with its bridges, parks, blocks with buildings, and addresses.
/// A seed gives the same city
/// on every machine.
///
/// The streets follow a field of directions (G. Chen and others, "Interactive Procedural Street Modeling", 2008): each
/// district has
/// a grid of its own, the centre has rings, and along the river the streets follow its banks. Where the lines cross
/// they become a graph, its
/// faces become blocks, and the blocks are divided into lots.
///
/// Everything here is a value or a pure function: no clock, file or socket. Sines and exponentials are those of
/// [java.lang.StrictMath],
/// which are the same on every machine. Places are metres from the centre until [waybill.cli.city.MapProjection] puts
/// them on the Earth.
///
/// Start at [waybill.cli.city.CityGenerator].
@NullMarked
package waybill.cli.city;

import org.jspecify.annotations.NullMarked;
