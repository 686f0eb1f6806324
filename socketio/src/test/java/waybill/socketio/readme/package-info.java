/// The examples of this module's README, as code that is compiled and run.
///
/// Start at [waybill.socketio.readme.ReadmeTest], which checks that the README shows them verbatim.
@NullMarked
package waybill.socketio.readme;

import org.jspecify.annotations.NullMarked;
