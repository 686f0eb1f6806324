package waybill.blob;

/// Which files the database names, as committed. A port: `storage` implements it.
@FunctionalInterface
public interface BlobReferences {

    /// False for a file whose upload was refused afterwards, or whose order or product is gone: it can be deleted.
    boolean isReferenced(BlobId id);
}
