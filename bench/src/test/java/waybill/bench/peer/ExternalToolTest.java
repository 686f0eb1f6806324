package waybill.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExternalToolTest {

    @Test
    void theSummaryIsTheLastErrorLine() {
        var lines = List.of(
                "/home/ada/uws.js:22",
                "Error: This version supports only Node.js versions 20, 22 and 24.",
                "",
                "Error: libc.so.6: version `GLIBC_2.38' not found (required by /home/ada/uws.node)",
                "    at Object.<anonymous> (/home/ada/uws.js:24:3)",
                "Node.js v20.20.2");
        assertThat(ExternalTool.summary(lines)).isEqualTo("libc.so.6: version `GLIBC_2.38' not found");
    }

    @Test
    void theSummaryFallsBackToTheLastLine() {
        assertThat(ExternalTool.summary(List.of("starting", "Killed", ""))).isEqualTo("Killed");
        assertThat(ExternalTool.summary(List.of())).isEqualTo("it exited without output");
    }

    @Test
    void aToolGetsTheCurrentJdk() throws PeerUnavailable {
        assertThat(ExternalTool.run(Path.of("."), "sh", "-c", "echo $JAVA_HOME").strip())
                .isEqualTo(System.getProperty("java.home"));
    }

    @Test
    void aMissingProgramIsNamed() {
        assertThatThrownBy(() -> ExternalTool.run(Path.of("."), "no-such-program", "--version"))
                .isInstanceOf(PeerUnavailable.class)
                .hasMessage("no-such-program is not installed");
    }
}
