package waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/// The description of each option in `serve --help` has one form: what it is, its unit, what 0 means, and its
/// default.
class HelpTest {

    private static final String UNIT =
            ".*\\b(per (second|minute|15 minutes|user|address|socket)|metres per second|seconds|days|characters)"
                    + "\\b.*";

    static final List<String> MAY_BE_0 = List.of(
            "--order-rate",
            "--received-rate",
            "--session-rate",
            "--position-rate",
            "--sockets-per-user",
            "--handshake-rate",
            "--address-rate",
            "--connection-rate",
            "--address-connections",
            "--refused-token-rate",
            "--track-points-rate",
            "--rest-rate");

    static Stream<OptionSpec> options() {
        return new CommandLine(new ServeCommand(new Environment(Map.of(), Path.of("none"))))
                .getCommandSpec().options().stream().filter(option -> !option.usageHelp() && !option.versionHelp());
    }

    static Stream<OptionSpec> limits() {
        return new CommandLine(CommandLine.Model.CommandSpec.forAnnotatedObject(new LimitOptions()))
                .getCommandSpec().options().stream()
                        .filter(option -> option.arity().max() > 0);
    }

    @ParameterizedTest
    @MethodSource("options")
    void everyOptionIsOneSentencePartThatEndsWithItsDefault(OptionSpec option) {
        assertThat(description(option))
                .matches("[^…]+ \\(default: [^()]+\\)")
                .doesNotContain("null", "as above", "0 for any,", "0 for any;");
    }

    @ParameterizedTest
    @MethodSource("limits")
    void everyLimitNamesItsUnitAndANumberByDefault(OptionSpec option) {
        assertThat(description(option)).matches(UNIT).matches(".*\\(default: [\\d.]+\\)");
    }

    @ParameterizedTest
    @FieldSource("MAY_BE_0")
    void anOptionThatMayBe0ExplainsIt(String name) {
        assertThat(options().filter(option -> option.longestName().equals(name)).map(HelpTest::description))
                .singleElement()
                .asString()
                .contains("0 for no limit");
    }

    /// The printed description in one line.
    private static String description(OptionSpec option) {
        var text = String.join(" ", option.description());
        return text.replace("${DEFAULT-VALUE}", String.valueOf(option.defaultValueString(true)))
                .replace("${COMPLETION-CANDIDATES}", "one of a list");
    }
}
