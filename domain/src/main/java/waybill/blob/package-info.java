/// Files that users upload: photos, signatures and images of products. [waybill.blob.BlobStore] is the port behind
/// which they are stored, [waybill.blob.BlobCheck] decides which are accepted, and [waybill.blob.BlobReferences]
/// tells which of them the database still names.
///
/// Does not depend on orders, products or any protocol.
@NullMarked
package waybill.blob;

import org.jspecify.annotations.NullMarked;
