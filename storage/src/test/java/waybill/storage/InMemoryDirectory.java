package waybill.storage;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import waybill.access.UserId;
import waybill.blob.Blob;
import waybill.directory.Business;
import waybill.directory.Device;
import waybill.directory.Directory;
import waybill.directory.DriverState;
import waybill.directory.Person;
import waybill.directory.Product;
import waybill.directory.Tracker;

/// The directory of the store in memory.
///
/// @param committed the newest version of everything
record InMemoryDirectory(Supplier<InMemoryUnitOfWork> committed) implements Directory {

    @Override
    public Optional<Business> findBusiness(String store) {
        return committed.get().findBusiness(store);
    }

    @Override
    public Optional<Blob> findProductImage(String store, String product) {
        return committed.get().findImage(store, product);
    }

    @Override
    public List<Product> listProducts(String store, String after, int max) {
        return committed
                .get()
                .productsOf(store)
                .filter(product -> product.id().compareTo(after) > 0)
                .sorted(Comparator.comparing(Product::id))
                .limit(max)
                .toList();
    }

    @Override
    public Optional<Person> findPerson(UserId user) {
        return Optional.ofNullable(committed.get().people.get(user));
    }

    @Override
    public List<DriverState> listDrivers(String after, int max) {
        return committed.get().drivers.values().stream()
                .filter(driver -> driver.driver().compareTo(after) > 0)
                .limit(max)
                .toList();
    }

    @Override
    public Optional<DriverState> findDriver(String driver) {
        return committed.get().findDriver(driver);
    }

    @Override
    public List<Person> listMerchants(String store, int max) {
        return committed.get().people.values().stream()
                .filter(person -> store.equals(person.storeOrNone()))
                .sorted(Comparator.comparing(Person::id))
                .limit(max)
                .toList();
    }

    @Override
    public List<Device> listDevices(UserId user, int max) {
        return committed.get().devices.values().stream()
                .filter(device -> device.user().equals(user))
                .sorted(Comparator.comparing(Device::registeredAt))
                .limit(max)
                .toList();
    }

    @Override
    public Optional<Tracker> findTracker(String keyHash) {
        return committed.get().trackers.values().stream()
                .filter(tracker -> tracker.keyHash().equals(keyHash))
                .findFirst();
    }

    @Override
    public List<Tracker> listTrackers(String driver, int max) {
        return committed.get().trackers.values().stream()
                .filter(tracker -> tracker.driver().equals(driver))
                .sorted(Comparator.comparing(Tracker::createdAt).thenComparing(Tracker::id))
                .limit(max)
                .toList();
    }

    @Override
    public Map<UserId, Instant> loadRevocations() {
        return Map.copyOf(committed.get().revocations);
    }
}
