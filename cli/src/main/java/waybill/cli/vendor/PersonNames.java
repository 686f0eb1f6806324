package waybill.cli.vendor;

import java.util.List;
import java.util.random.RandomGenerator;

/// Invented people.
public final class PersonNames {

    /// Different names that there are.
    public static final int COUNT = 546;

    /// Has no divisor in common with [#COUNT], so that names that follow each other are not alike.
    private static final int STRIDE = 47;

    private static final List<String> FIRST = List.of(
            "Ada", "Amara", "Bo", "Chidi", "Dilnoza", "Elif", "Farid", "Greta", "Hana", "Ines", "Jamal", "Kari", "Linh",
            "Mateo", "Noor", "Olu", "Priya", "Quinn", "Rosa", "Sefa", "Tomas", "Uma", "Vera", "Wei", "Yara", "Zoran");

    private static final List<String> LAST = List.of(
            "Abara",
            "Berg",
            "Castillo",
            "Dahl",
            "Eze",
            "Fischer",
            "Garcia",
            "Haddad",
            "Ito",
            "Jansen",
            "Kowalski",
            "Lopez",
            "Moreau",
            "Nguyen",
            "Okafor",
            "Patel",
            "Rossi",
            "Silva",
            "Tanaka",
            "Varga",
            "Yilmaz");

    private PersonNames() {}

    /// The name of a number from 0 to [#COUNT]; different numbers have different names.
    public static String of(int number) {
        var index = number * STRIDE % COUNT;
        return FIRST.get(index % FIRST.size()) + ' ' + LAST.get(index % LAST.size());
    }

    static String random(RandomGenerator random) {
        return of(random.nextInt(COUNT));
    }
}
