/// Photos that drivers send to a hub in its own process.
///
/// Start at [waybill.cli.upload.UploadMemoryTest].
@NullMarked
package waybill.cli.upload;

import org.jspecify.annotations.NullMarked;
