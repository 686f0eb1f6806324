package waybill.directory;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import waybill.access.UserId;
import waybill.blob.Blob;

/// Reads the committed stores, people, drivers, devices and products. A port: `storage` implements it.
/// [DirectoryWriter] changes them inside a transaction.
///
/// `StoreContract` tests what every implementation must do.
public interface Directory {

    Optional<Business> findBusiness(String store);

    Optional<Person> findPerson(UserId user);

    /// At most `max` products of a store, by id, after that id.
    List<Product> listProducts(String store, String after, int max);

    Optional<Blob> findProductImage(String store, String product);

    /// At most `max` drivers that have ever set a status, by id, after that id.
    List<DriverState> listDrivers(String after, int max);

    Optional<DriverState> findDriver(String driver);

    /// At most `max` merchants of a store, by id: those that have authenticated with a token.
    List<Person> listMerchants(String store, int max);

    /// At most `max` devices of a user, oldest first.
    List<Device> listDevices(UserId user, int max);

    Optional<Tracker> findTracker(String keyHash);

    /// At most `max` trackers of a driver, oldest first.
    List<Tracker> listTrackers(String driver, int max);

    /// For each user, the time before which issued tokens are revoked.
    Map<UserId, Instant> loadRevocations();
}
