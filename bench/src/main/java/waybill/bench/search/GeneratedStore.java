package waybill.bench.search;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import waybill.storage.Store;
import waybill.storage.sql.StoreLimits;

/// A store of generated orders, the same for the same number: their rows alone, written to the file as an earlier
/// version
/// would have left them, without an index of their words.
///
/// Words are of uneven frequency. Of 20 orders one is from [#FLOWERS], which sells no pizza, and of 2,000 one from
/// [#SMALL]; each driver has had a few hundred, and of 1,000 one was declined.
final class GeneratedStore {

    static final String FLOWERS = "flowers";
    static final String SMALL = "small";

    private static final int STORES = 2_000;
    private static final int CUSTOMERS = 200_000;
    private static final int DRIVERS = 3_000;
    private static final int STREETS = 5_000;
    private static final int LAST_NAMES = 20_000;
    private static final int PRODUCTS = 2_000;
    private static final int ORDERS_A_DAY = 3_000;
    private static final int DECLINED_OF = 1_000;
    private static final int ROWS_PER_COMMIT = 10_000;

    /// The events of an order, of which its row has the first.
    private static final int EVENTS_PER_ORDER = 7;

    private static final LocalDate FIRST_DAY = LocalDate.of(2025, 1, 1);
    private static final List<String> FIRST_NAMES = List.of(
            "Ada", "Nils", "Kari", "Ola", "Jane", "John", "María", "José", "Anna", "Emma", "Liam", "Noah", "Olivia",
            "Lucas", "Mia", "Leo", "Sofía", "Max", "Ella", "Finn");

    private static final String INSERT = """
            INSERT INTO orders (order_row, id, number, store, message_id, customer, driver, state, active, paid, details,
                                placed_at, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?, ?)""";

    private final Random random = new Random(1);

    private GeneratedStore() {}

    static void create(Path directory, int orders) throws SQLException {
        Store.open(directory, StoreLimits.defaults(), () -> {}).close();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("waybill.db"))) {
            connection.setAutoCommit(false);
            new GeneratedStore().fill(connection, orders);
        }
    }

    private void fill(Connection connection, int orders) throws SQLException {
        try (var store = connection.prepareStatement("INSERT INTO store (id, name) VALUES (?, ?)")) {
            for (var id = 1; id <= STORES + 2; id++) {
                store.setInt(1, id);
                store.setString(2, id == 1 ? FLOWERS : id == 2 ? SMALL : "store-" + id);
                store.executeUpdate();
            }
        }
        try (var insert = connection.prepareStatement(INSERT)) {
            for (var i = 1; i <= orders; i++) {
                var kind = random.nextInt(STORES);
                var store = kind == 0 ? 2 : kind % 20 == 1 ? 1 : 3 + skewed(STORES);
                var day = FIRST_DAY.plusDays(i / ORDERS_A_DAY);
                insert.setLong(1, (long) i * EVENTS_PER_ORDER);
                insert.setBytes(
                        2,
                        ByteBuffer.allocate(16)
                                .putLong(i)
                                .putLong(random.nextLong())
                                .array());
                insert.setString(
                        3, "WB-%s-%04d".formatted(day.format(DateTimeFormatter.BASIC_ISO_DATE), i % ORDERS_A_DAY + 1));
                insert.setInt(4, store);
                insert.setString(5, "EXT-" + Long.toString(i * 2_654_435_761L % 1_000_000_007L, Character.MAX_RADIX));
                var customer = "customer-" + random.nextInt(CUSTOMERS);
                insert.setString(6, customer);
                insert.setString(7, "driver:driver-" + random.nextInt(DRIVERS));
                insert.setInt(8, random.nextInt(DECLINED_OF) == 0 ? 11 : 9);
                insert.setString(9, details(customer, store == 1));
                insert.setLong(10, day.atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli());
                insert.setLong(11, (long) i * EVENTS_PER_ORDER);
                insert.executeUpdate();
                if (i % ROWS_PER_COMMIT == 0) {
                    connection.commit();
                }
            }
        }
        try (var event = connection.createStatement()) {
            event.executeUpdate("INSERT INTO event (position, kind, state_before, state_after, paid, document, actor,"
                    + " occurred_at, received_at) VALUES (" + (long) orders * EVENTS_PER_ORDER
                    + ", 9, 0, 0, 0, '', 'hub:', " + Instant.EPOCH.toEpochMilli() + ", 0)");
        }
        connection.commit();
    }

    private String details(String customer, boolean isFlowers) {
        var name = FIRST_NAMES.get(skewed(FIRST_NAMES.size())) + " " + word("son", skewed(LAST_NAMES));
        var address = (1 + random.nextInt(200)) + " " + word("gata", skewed(STREETS)) + " Street, "
                + (1_000 + random.nextInt(900)) + " Oslo";
        var items = IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(
                        i -> !isFlowers && random.nextInt(3) == 0 ? "Pizza margherita" : word("kaka", skewed(PRODUCTS)))
                .map("{\"product\":\"p\",\"name\":\"%s\",\"quantity\":1}"::formatted)
                .collect(Collectors.joining(","));
        return """
                {"customer":"%s","name":"%s","phone":"+47 %d","dropoff":{"text":"%s"},"items":[%s]}""".formatted(customer, name, 40_000_000 + random.nextInt(60_000_000), address, items);
    }

    /// A number below `max`, small ones more often.
    private int skewed(int max) {
        return (int) (Math.pow(random.nextDouble(), 3) * max);
    }

    private static String word(String end, int number) {
        var word = new StringBuilder();
        for (var rest = number + 37; rest > 0; rest /= 19) {
            word.append("bdfghjklmnprstvwxyz".charAt(rest % 19)).append("aeiou".charAt(rest % 5));
        }
        return word.append(end).toString();
    }
}
