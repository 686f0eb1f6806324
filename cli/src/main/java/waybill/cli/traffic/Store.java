package waybill.cli.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.json.JSONArray;
import org.json.JSONObject;
import waybill.cli.city.Address;
import waybill.cli.city.City;
import waybill.cli.city.MapProjection;

/// A store of the city.
///
/// @param products of its catalogue
record Store(String name, String owner, List<Product> products, Address address) {

    /// @param price in cents
    record Product(String name, int price) {

        String id() {
            return slug(name);
        }
    }

    private record Kind(String name, String owner, List<Product> products) {}

    private static final List<Kind> KINDS = List.of(
            new Kind(
                    "Pizzeria Vela",
                    "Carla Vela",
                    List.of(of("Margherita", 950), of("Diavola", 1_150), of("Tiramisu", 550))),
            new Kind(
                    "Sushi Mori",
                    "Kenji Mori",
                    List.of(of("Salmon maki", 890), of("Chirashi", 1_690), of("Miso soup", 350))),
            new Kind(
                    "Burger Yard",
                    "Dana Cole",
                    List.of(of("Cheeseburger", 1_090), of("Veggie burger", 990), of("Fries", 390))),
            new Kind(
                    "Green Bowl",
                    "Maya Lind",
                    List.of(of("Quinoa bowl", 1_190), of("Caesar salad", 980), of("Lemonade", 390))),
            new Kind(
                    "Curry House Anand",
                    "Ravi Anand",
                    List.of(of("Dal", 850), of("Butter chicken", 1_290), of("Naan", 290))),
            new Kind(
                    "Taqueria Sol", "Lucia Sol", List.of(of("Tacos", 980), of("Quesadilla", 890), of("Horchata", 350))),
            new Kind(
                    "Pho Linh",
                    "Linh Tran",
                    List.of(of("Pho bo", 1_150), of("Summer rolls", 690), of("Iced tea", 320))),
            new Kind(
                    "Bakery Lund",
                    "Nils Lund",
                    List.of(of("Rye loaf", 480), of("Cardamom bun", 320), of("Coffee", 290))),
            new Kind(
                    "Falafel Corner",
                    "Sami Haddad",
                    List.of(of("Falafel wrap", 790), of("Hummus", 590), of("Ayran", 250))),
            new Kind("Deli Rossi", "Paola Rossi", List.of(of("Panini", 780), of("Olives", 450), of("Lasagne", 1_150))),
            new Kind(
                    "Cafe Amber",
                    "Jo Amber",
                    List.of(of("Flat white", 390), of("Carrot cake", 450), of("Granola", 620))),
            new Kind(
                    "Flowers Iris", "Iris Holm", List.of(of("Tulips", 1_490), of("Bouquet", 2_990), of("Fern", 1_290))),
            new Kind(
                    "Pharmacy Nord",
                    "Tuva Nord",
                    List.of(of("Plasters", 490), of("Vitamins", 1_250), of("Sunscreen", 1_590))),
            new Kind(
                    "Books and Nook",
                    "Ada Finch",
                    List.of(of("Novel", 1_690), of("Atlas", 3_490), of("Notebook", 690))));

    /// Stores are at least so far from each other, and from the edge of the city.
    private static final double APART = 420;

    private static final double REACH = 1_350;
    private static final int TRIES_MAX = 500;

    private static Product of(String name, int price) {
        return new Product(name, price);
    }

    /// The stores of a city, each at an address of its own.
    static List<Store> of(City city, SplittableRandom random) {
        var stores = new ArrayList<Store>();
        for (var kind : KINDS) {
            stores.add(new Store(kind.name, kind.owner, kind.products, address(city, stores, random)));
        }
        return List.copyOf(stores);
    }

    private static Address address(City city, List<Store> others, SplittableRandom random) {
        var address = city.addresses().get(random.nextInt(city.addresses().size()));
        for (var tries = 0; tries < TRIES_MAX && !isFit(address, city, others); tries++) {
            address = city.addresses().get(random.nextInt(city.addresses().size()));
        }
        return address;
    }

    private static boolean isFit(Address address, City city, List<Store> others) {
        return address.door().distanceTo(city.centre()) < REACH
                && others.stream().allMatch(other -> other.address.door().distanceTo(address.door()) > APART);
    }

    String id() {
        return slug(name);
    }

    /// The record of the business.
    JSONObject business(MapProjection projection) {
        return new JSONObject().put("name", name).put("keeper", owner).put("address", json(address, projection));
    }

    JSONObject catalogue() {
        var list = new JSONArray();
        products.forEach(product -> list.put(new JSONObject()
                .put("id", product.id())
                .put("name", product.name)
                .put("price", product.price)));
        return new JSONObject().put("products", list);
    }

    /// An address as the REST API has it.
    static JSONObject json(Address address, MapProjection projection) {
        var position = projection.position(address.door());
        return new JSONObject()
                .put("text", address.text())
                .put("latitude", position.latitude())
                .put("longitude", position.longitude());
    }

    private static String slug(String name) {
        return name.toLowerCase(Locale.ROOT).replace(' ', '-');
    }
}
