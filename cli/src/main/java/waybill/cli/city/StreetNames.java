package waybill.cli.city;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Invented names, each given once.
final class StreetNames {

    private static final List<String> FIRST = List.of(
            "Alder",
            "Amber",
            "Anchor",
            "Apple",
            "Arden",
            "Ash",
            "Aspen",
            "Baker",
            "Barley",
            "Beacon",
            "Beech",
            "Bell",
            "Birch",
            "Bramble",
            "Briar",
            "Cedar",
            "Chandler",
            "Chapel",
            "Cherry",
            "Clover",
            "Cooper",
            "Copper",
            "Crane",
            "Dove",
            "Elder",
            "Elm",
            "Falcon",
            "Fern",
            "Fiddler",
            "Foundry",
            "Fox",
            "Garden",
            "Glass",
            "Granary",
            "Hawthorn",
            "Hazel",
            "Heather",
            "Heron",
            "Hopper",
            "Iris",
            "Ivy",
            "Juniper",
            "Kestrel",
            "Lantern",
            "Lark",
            "Laurel",
            "Linden",
            "Maple",
            "Market",
            "Marlow",
            "Mason",
            "Meadow",
            "Mill",
            "Mint",
            "Moss",
            "Oak",
            "Orchard",
            "Otter",
            "Pear",
            "Pilgrim",
            "Plum",
            "Potter",
            "Quarry",
            "Quince",
            "Raven",
            "Rope",
            "Rowan",
            "Rye",
            "Saddler",
            "Sage",
            "Salt",
            "School",
            "Sparrow",
            "Station",
            "Stone",
            "Tanner",
            "Thistle",
            "Tower",
            "Vine",
            "Walnut",
            "Weaver",
            "Willow",
            "Wren",
            "Yarrow");
    private static final List<String> MAJOR = List.of(" Avenue", " Road", " Boulevard", "way");
    private static final List<String> MINOR =
            List.of(" Street", " Lane", " Row", " Walk", " Close", " Place", " Terrace", " Hill");
    private static final List<String> PARKS = List.of(" Park", " Gardens", " Green", " Common");
    private static final List<String> TOWNS =
            List.of("Aldermere", "Brunholm", "Castern", "Ellerby", "Farrowmouth", "Hollin", "Lindmouth", "Marenby");
    private static final List<String> RIVERS = List.of("Arle", "Brenn", "Lune", "Mere", "Sorrel", "Wend");

    private final SplittableRandom random;
    private final List<String> major = new ArrayList<>();
    private final List<String> minor = new ArrayList<>();
    private final List<String> parks = new ArrayList<>();
    private int refills = 1;

    StreetNames(SplittableRandom random) {
        this.random = random;
        fill(major, MAJOR);
        fill(minor, MINOR);
        fill(parks, PARKS);
    }

    String of(RoadClass roadClass) {
        return switch (roadClass) {
            case MOTORWAY -> "Ring Road";
            case MAJOR -> next(major, MAJOR);
            case MINOR -> next(minor, MINOR);
        };
    }

    String park() {
        return next(parks, PARKS);
    }

    String town() {
        return TOWNS.get(random.nextInt(TOWNS.size()));
    }

    String river() {
        return "River " + RIVERS.get(random.nextInt(RIVERS.size()));
    }

    /// A city with more streets than names has an Oak Lane 2.
    private String next(List<String> names, List<String> endings) {
        if (names.isEmpty()) {
            refills++;
            fill(names, endings);
            names.replaceAll(name -> name + ' ' + refills);
        }
        return names.remove(random.nextInt(names.size()));
    }

    private static void fill(List<String> names, List<String> endings) {
        for (var first : FIRST) {
            for (var ending : endings) {
                names.add(first + ending);
            }
        }
    }
}
