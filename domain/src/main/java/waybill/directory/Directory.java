package waybill.directory;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import waybill.access.UserId;

/// Reads who and what there is, as committed. A port: the domain owns it, `storage` fills it in. What is here
/// is changed through [DirectoryWriter], inside a transaction.
///
/// Implementations agree on what `StoreContract` says and on nothing else.
public interface Directory {

    Optional<Business> findBusiness(String store);

    Optional<Person> findPerson(UserId user);

    /// At most `max` products of a store, by id, after that id.
    List<Product> listProducts(String store, String after, int max);

    /// At most `max` drivers that have ever said whether they want work, by id, after that id.
    List<DriverState> listDrivers(String after, int max);

    Optional<DriverState> findDriver(String driver);

    /// At most `max` devices of a user, oldest first.
    List<Device> listDevices(UserId user, int max);

    /// From when on each user's tokens are worth nothing if they were issued before.
    Map<UserId, Instant> loadRevocations();
}
