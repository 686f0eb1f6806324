/// Real cities of a drawn file.
@NullMarked
package waybill.cli.osm;

import org.jspecify.annotations.NullMarked;
