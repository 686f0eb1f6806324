package waybill.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrowsersTest {

    @TempDir
    private Path bin = Path.of("");

    @Test
    void theProgramOfTheDesktopOpensAPage() throws IOException {
        var program = program("xdg-open");
        assertThat(Browsers.opener(Map.of("DISPLAY", ":0", "PATH", "/none:" + bin), "Linux"))
                .contains(program);
        assertThat(Browsers.opener(Map.of("WAYLAND_DISPLAY", "wayland-0", "PATH", "" + bin), "Linux"))
                .contains(program);
        var mac = program("open");
        assertThat(Browsers.opener(Map.of("PATH", "" + bin), "Mac OS X")).contains(mac);
    }

    @Test
    void nothingIsOpenedWithoutADesktopOrItsProgram() throws IOException {
        program("xdg-open");
        assertThat(Browsers.opener(Map.of("PATH", "" + bin), "Linux")).isEmpty();
        assertThat(Browsers.opener(Map.of("DISPLAY", ":0", "PATH", "/none"), "Linux"))
                .isEmpty();
        assertThat(Browsers.opener(Map.of("DISPLAY", ":0"), "Linux")).isEmpty();
    }

    private Path program(String name) throws IOException {
        var program = Files.createFile(bin.resolve(name));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return program;
    }
}
