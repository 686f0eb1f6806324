/// The packages of `./waybill package`, made once by [waybill.cli.packages.BuiltPackages] of what Maven has built, and
/// run.
@NullMarked
package waybill.cli.packages;

import org.jspecify.annotations.NullMarked;
