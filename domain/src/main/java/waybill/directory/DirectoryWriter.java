package waybill.directory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import waybill.access.UserId;
import waybill.blob.Blob;

/// Changes stores, people, drivers, devices and products inside one transaction. A port: `storage` implements it.
public interface DirectoryWriter extends TrackerWriter {

    Optional<Business> findBusiness(String store);

    void save(Business business);

    void save(Person person);

    Optional<Product> findProduct(String store, String id);

    /// Replaces the catalogue of a store by at most [Product#PER_STORE_MAX] products with distinct ids. The images of
    /// products that remain stay as they are.
    void replaceProducts(String store, List<Product> products);

    /// Replaces the image of a product, which exists.
    void saveProductImage(String store, String product, Blob image);

    /// False when the product has no image.
    boolean deleteProductImage(String store, String product);

    Optional<Person> findPerson(UserId user);

    Optional<DriverState> findDriver(String driver);

    void save(DriverState driver);

    /// False when a coupon with that code exists; it then stays unchanged.
    boolean save(Coupon coupon);

    /// Moves the token from the user that had it before. Beyond `perUserMax` the user's oldest device is deleted.
    void save(Device device, int perUserMax);

    boolean hasDevice(UserId user);

    /// Whether a merchant of the store has one.
    boolean hasDeviceOfStore(String store);

    /// False when the user has no such device.
    boolean deleteDevice(UserId user, String token);

    /// Revokes the tokens of the user that were issued up to `until`.
    void revokeTokens(UserId user, Instant until);
}
