/// Uploaded files in a folder of the data directory. Start with [waybill.storage.blob.FolderBlobStore].
///
/// Does not depend on the database.
@NullMarked
package waybill.storage.blob;

import org.jspecify.annotations.NullMarked;
