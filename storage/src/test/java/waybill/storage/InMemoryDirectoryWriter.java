package waybill.storage;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import waybill.access.UserId;
import waybill.blob.Blob;
import waybill.directory.Business;
import waybill.directory.Coupon;
import waybill.directory.Device;
import waybill.directory.DirectoryWriter;
import waybill.directory.DriverState;
import waybill.directory.Person;
import waybill.directory.Product;
import waybill.directory.StoredResponse;
import waybill.directory.Tracker;
import waybill.journal.Read;
import waybill.messaging.Queue;

/// What is in the directory, in a few collections, and the reads that a transaction may do.
abstract class InMemoryDirectoryWriter implements DirectoryWriter {

    private static final Duration RESPONSE_RETENTION = Duration.ofHours(24);

    private record ResponseKey(UserId user, String key) {}

    private record TimedResponse(StoredResponse response, Instant at) {}

    final Map<String, Business> businesses = new HashMap<>();
    final Map<UserId, Person> people = new HashMap<>();
    private final Map<String, List<Product>> products = new HashMap<>();
    private final Map<String, Map<String, Blob>> productImages = new HashMap<>();
    final Map<String, DriverState> drivers = new TreeMap<>();
    final Map<String, Device> devices = new HashMap<>();
    final Map<String, Tracker> trackers = new HashMap<>();
    final Map<UserId, Instant> revocations = new HashMap<>();
    private final Map<String, Coupon> offers = new HashMap<>();
    private final Map<ResponseKey, TimedResponse> responses = new HashMap<>();
    private Instant latest = Instant.EPOCH;
    private Set<Read> declaredReads = Set.of();

    final void copyDirectoryTo(InMemoryDirectoryWriter copy) {
        copy.businesses.putAll(businesses);
        copy.people.putAll(people);
        copy.products.putAll(products);
        productImages.forEach((store, images) -> copy.productImages.put(store, new HashMap<>(images)));
        copy.drivers.putAll(drivers);
        copy.devices.putAll(devices);
        copy.trackers.putAll(trackers);
        copy.revocations.putAll(revocations);
        copy.offers.putAll(offers);
        copy.responses.putAll(responses);
        copy.latest = latest;
    }

    /// A transaction that declares its reads must declare all of them; one that declares none is not restricted.
    final void restrictTo(List<Read> reads) {
        declaredReads = Set.copyOf(reads);
    }

    final void requireDeclared(Read read) {
        if (!declaredReads.isEmpty() && !declaredReads.contains(read)) {
            throw new IllegalStateException("read: " + read + " (expected: one of " + declaredReads + ")");
        }
    }

    final void requireReferenceDeclared(String name) {
        if (declaredReads.stream()
                .noneMatch(read ->
                        read instanceof Read.OfReferenceElsewhere(var _, var declared) && declared.equals(name))) {
            requireDeclared(new Read.OfReference(name));
        }
    }

    final void requireMessageDeclared(Queue queue, String messageId) {
        if (declaredReads.stream()
                .noneMatch(read -> read instanceof Read.OfPickup pickup
                        && pickup.messageId().equals(messageId))) {
            requireDeclared(new Read.OfMessage(queue, messageId));
        }
    }

    @Override
    public Optional<Business> findBusiness(String store) {
        requireDeclared(new Read.OfBusiness(store));
        return Optional.ofNullable(businesses.get(store));
    }

    @Override
    public void save(Business business) {
        businesses.put(business.store(), business);
    }

    @Override
    public void save(Person person) {
        people.put(person.user(), person);
    }

    @Override
    public Optional<Person> findPerson(UserId user) {
        requireDeclared(new Read.OfPerson(user));
        return Optional.ofNullable(people.get(user));
    }

    @Override
    public Optional<Product> findProduct(String store, String id) {
        requireDeclared(new Read.OfProduct(store, id));
        return productsOf(store).filter(product -> product.id().equals(id)).findFirst();
    }

    @Override
    public void replaceProducts(String store, List<Product> all) {
        products.put(store, List.copyOf(all));
        var ids = all.stream().map(Product::id).toList();
        productImages.getOrDefault(store, new HashMap<>()).keySet().retainAll(ids);
    }

    @Override
    public void saveProductImage(String store, String product, Blob image) {
        productImages.computeIfAbsent(store, _ -> new HashMap<>()).put(product, image);
    }

    @Override
    public boolean deleteProductImage(String store, String product) {
        return productImages.getOrDefault(store, new HashMap<>()).remove(product) != null;
    }

    final Stream<Product> productsOf(String store) {
        return products.getOrDefault(store, List.of()).stream()
                .map(product -> new Product(
                        product.id(),
                        product.name(),
                        product.price(),
                        product.currency(),
                        product.isAvailable(),
                        findImage(store, product.id()).map(Blob::sha256).orElse(null)));
    }

    final Optional<Blob> findImage(String store, String product) {
        return Optional.ofNullable(
                productImages.getOrDefault(store, new HashMap<>()).get(product));
    }

    @Override
    public Optional<DriverState> findDriver(String driver) {
        requireDeclared(new Read.OfDriver(driver));
        return Optional.ofNullable(drivers.get(driver));
    }

    @Override
    public void save(DriverState driver) {
        drivers.put(driver.driver(), driver);
    }

    @Override
    public boolean save(Coupon offer) {
        return offers.putIfAbsent(offer.code(), offer) == null;
    }

    @Override
    public void save(Device device, int perUserMax) {
        devices.put(device.token(), device);
        devices.values().stream()
                .filter(other -> other.user().equals(device.user()))
                .sorted(Comparator.comparing(Device::registeredAt).reversed())
                .skip(perUserMax)
                .toList()
                .forEach(old -> devices.remove(old.token()));
    }

    @Override
    public boolean hasDevice(UserId user) {
        return devices.values().stream().anyMatch(device -> device.user().equals(user));
    }

    @Override
    public boolean hasDeviceOfStore(String store) {
        return people.values().stream()
                .anyMatch(person -> store.equals(person.storeOrNone()) && hasDevice(person.user()));
    }

    @Override
    public boolean deleteDevice(UserId user, String token) {
        var device = devices.get(token);
        return device != null && device.user().equals(user) && devices.remove(token) != null;
    }

    @Override
    public boolean save(Tracker tracker, int perDriverMax) {
        var own = trackers.values().stream()
                .filter(other -> other.driver().equals(tracker.driver()))
                .count();
        return own < perDriverMax && trackers.put(tracker.id(), tracker) == null;
    }

    @Override
    public Optional<Tracker> deleteTracker(String driver, String id) {
        var tracker =
                Optional.ofNullable(trackers.get(id)).filter(one -> one.driver().equals(driver));
        tracker.ifPresent(one -> trackers.remove(id));
        return tracker;
    }

    @Override
    public void recordTrackerFault(String id, String message, Instant at) {
        trackers.computeIfPresent(id, (_, one) -> {
            var before = one.faultOrNone() == null ? 0 : one.faultOrNone().count();
            var fault = new Tracker.Fault(at, message, before + 1);
            return new Tracker(id, one.driver(), one.name(), one.keyHash(), one.createdAt(), fault);
        });
    }

    @Override
    public void revokeTokens(UserId user, Instant until) {
        revocations.merge(user, until, (before, now) -> before.isAfter(now) ? before : now);
    }

    final Optional<StoredResponse> findStoredResponse(UserId user, String key) {
        requireDeclared(new Read.OfResponse(user, key));
        return Optional.ofNullable(responses.get(new ResponseKey(user, key)))
                .filter(kept -> !kept.at.isBefore(latest.minus(RESPONSE_RETENTION)))
                .map(TimedResponse::response);
    }

    final void save(UserId user, String key, StoredResponse answer, Instant at) {
        responses.put(new ResponseKey(user, key), new TimedResponse(answer, at));
        observeTime(at);
    }

    final void observeTime(Instant at) {
        latest = latest.isAfter(at) ? latest : at;
    }
}
