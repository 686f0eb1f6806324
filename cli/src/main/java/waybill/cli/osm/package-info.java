/// A real city, of an extract of OpenStreetMap: the densest part of the file, with its streets and their names, and
/// what its map shows.
///
/// [waybill.routing.OsmFile] reads the file; everything else here takes its elements, and no file.
///
/// Start at [waybill.cli.osm.OsmCity].
@NullMarked
package waybill.cli.osm;

import org.jspecify.annotations.NullMarked;
