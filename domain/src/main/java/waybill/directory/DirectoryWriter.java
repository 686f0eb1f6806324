package waybill.directory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import waybill.access.UserId;

/// Changes who and what there is, inside one transaction. A port: the domain owns it, `storage` fills it in.
public interface DirectoryWriter {

    Optional<Business> findBusiness(String store);

    void save(Business business);

    void save(Person person);

    /// What a store sells under that id.
    Optional<Product> findProduct(String store, String id);

    /// The catalogue of a store, in place of the one that it had. At most [Product#PER_STORE_MAX], each of an id of its
    /// own.
    void replaceProducts(String store, List<Product> products);

    Optional<Person> findPerson(UserId user);

    Optional<DriverState> findDriver(String driver);

    void save(DriverState driver);

    /// False when there is an offer of that code already, which then stays as it is.
    boolean save(Coupon offer);

    /// Takes the token from whoever had it before. Beyond `perUserMax` the user's oldest device goes.
    void save(Device device, int perUserMax);

    /// False when that user has no such device.
    boolean deleteDevice(UserId user, String token);

    /// Tokens of that user issued until then are worth nothing any more.
    void revokeTokens(UserId user, Instant until);

    /// What that user's request was answered under that key, if it was not too long ago.
    Optional<StoredResponse> findResponse(UserId user, String key);

    void save(UserId user, String key, StoredResponse answer, Instant at);
}
