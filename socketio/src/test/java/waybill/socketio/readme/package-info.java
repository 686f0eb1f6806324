/// The examples of this module's README, as code that is compiled and run.
///
/// Start at [waybill.socketio.readme.ReadmeTest], which says that the README shows them to the letter.
@NullMarked
package waybill.socketio.readme;

import org.jspecify.annotations.NullMarked;
