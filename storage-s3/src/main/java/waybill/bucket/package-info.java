/// Uploaded files in a bucket, of Amazon S3 or of a service with its interface. Start with
/// [waybill.bucket.S3BlobStore].
///
/// Depends on the domain and on the temporary files of `waybill.storage.blob`. Nothing else names the client library.
@NullMarked
package waybill.bucket;

import org.jspecify.annotations.NullMarked;
