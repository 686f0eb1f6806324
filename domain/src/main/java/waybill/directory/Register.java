package waybill.directory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import waybill.access.UserId;

/// Changes who and what there is, inside one transaction. A port: the domain owns it, `storage` fills it in.
public interface Register {

    Optional<Business> findBusiness(String store);

    void keep(Business business);

    void keep(Person person);

    /// What a store sells under that id.
    Optional<Product> findProduct(String store, String id);

    /// The catalogue of a store, in place of the one that it had. At most [Product#PER_STORE_MAX], each of an id of its
    /// own.
    void replaceProducts(String store, List<Product> products);

    Optional<Person> findPerson(UserId user);

    Optional<DriverState> findDriver(String driver);

    void keep(DriverState driver);

    /// False when there is an offer of that code already, which then stays as it is.
    boolean keep(Offer offer);

    /// Takes the token from whoever had it before. Beyond `perUserMax` the user's oldest device goes.
    void keep(Device device, int perUserMax);

    /// False when that user has no such device.
    boolean forgetDevice(UserId user, String token);

    /// Tokens of that user issued until then are worth nothing any more.
    void revoke(UserId user, Instant until);

    /// What that user's request was answered under that key, if it was not too long ago.
    Optional<Answer> answerTo(UserId user, String key);

    void keep(UserId user, String key, Answer answer, Instant at);
}
