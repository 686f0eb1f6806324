package waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserErrorTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            vendor --store a --every 5x | waybill: Invalid value for option '--every': '5x' (expected: a duration such as 500ms, 1.5s or 2m)
            vendor --store a --count 0  | waybill: count: 0 (expected: at least 1)
            driver --hands 0            | waybill: hands: 0 (expected: at least 1)
            serve --port 70000          | waybill: port: 70000 (expected: 0..65535)
            serve --host 0.0.0.0        | waybill: host: 0.0.0.0 (expected: a loopback address
            fly                         | waybill: Unmatched argument at index 0: 'fly'
            """)
    void aFailedCommandPrintsItsError(String arguments, String message) {
        var err = new StringWriter();
        var exitCode = Main.commandLine().setErr(new PrintWriter(err)).execute(arguments.split(" "));
        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString()).startsWith(message).contains("--help").doesNotContain("\tat ");
    }
}
