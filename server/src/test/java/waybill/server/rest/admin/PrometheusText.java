package waybill.server.rest.admin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What stands in the text format of Prometheus, read as strictly as its own checker does: every family once and in one
/// piece, with a help text and a type, and every series once.
record PrometheusText(Map<String, Family> families) {

    private static final Pattern HEAD = Pattern.compile("# (HELP|TYPE) ([a-z_][a-z0-9_]*) (.+)");
    private static final Pattern SAMPLE =
            Pattern.compile("([a-z_][a-z0-9_]*)(?:\\{((?:[a-z_]+=\"(?:[^\"\\\\]|\\\\.)*\",?)+)})? (\\S+)");
    private static final Set<String> TYPES = Set.of("counter", "gauge", "histogram", "summary");

    /// @param samples by the whole name of the series, such as `waybill_sockets{namespace="/"}`
    record Family(String help, String type, Map<String, Double> samples) {}

    static PrometheusText parse(String text) {
        var families = new LinkedHashMap<String, Family>();
        var name = "";
        var help = "";
        for (var line : text.lines().toList()) {
            var head = HEAD.matcher(line);
            if (head.matches() && head.group(1).equals("HELP")) {
                name = head.group(2);
                help = head.group(3);
            } else if (head.matches()) {
                require(head.group(2).equals(name) && TYPES.contains(head.group(3)), line);
                require(families.put(name, new Family(help, head.group(3), new TreeMap<>())) == null, line);
            } else {
                sample(name, Objects.requireNonNull(families.get(name), line), line);
            }
        }
        return new PrometheusText(families);
    }

    private static void sample(String name, Family family, String line) {
        var sample = SAMPLE.matcher(line);
        require(sample.matches() && isSampleOf(sample.group(1), name, family.type), line);
        var series = line.substring(0, line.lastIndexOf(' '));
        require(family.samples.put(series, Double.valueOf(sample.group(3).replace("+Inf", "Infinity"))) == null, line);
    }

    private static boolean isSampleOf(String sample, String family, String type) {
        return switch (type) {
            case "counter" -> sample.equals(family) && sample.endsWith("_total");
            case "gauge" -> sample.equals(family);
            default ->
                List.of("", "_bucket", "_sum", "_count").contains(sample.substring(family.length()))
                        && sample.startsWith(family);
        };
    }

    private static void require(boolean is, String line) {
        if (!is) {
            throw new AssertionError("not as Prometheus wants it: " + line);
        }
    }

    /// The value of a series, 0 if there is none.
    double value(String series) {
        return families.values().stream()
                .filter(family -> family.samples.containsKey(series))
                .findFirst()
                .map(family -> family.samples.get(series))
                .orElse(0.0);
    }

    /// What a label of a family says, in all of its series.
    Set<String> labels(String family, String label) {
        var word = Pattern.compile("[{,]" + label + "=\"([^\"]*)\"");
        return Objects.requireNonNull(families.get(family), family).samples.keySet().stream()
                .flatMap(series -> word.matcher(series).results())
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }
}
