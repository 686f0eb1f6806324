package waybill.blob;

/// The access key of a bucket. Its text form does not contain the secret.
public record BucketKey(String id, String secret) {

    public BucketKey {
        if (id.isBlank() || secret.isBlank()) {
            throw new IllegalArgumentException("s3 key: blank (expected: the id of an access key and its secret)");
        }
    }

    @Override
    public String toString() {
        return "BucketKey[" + id + ", …]";
    }
}
