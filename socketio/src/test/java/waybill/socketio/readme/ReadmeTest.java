package waybill.socketio.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    private static final Path README = Path.of("README.md");
    private static final Path EXAMPLES = Path.of("src/test/java/waybill/socketio/readme");
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern REGION = Pattern.compile("// <([a-z-]+)>\n(.*?)\n *// </\\1>", Pattern.DOTALL);

    @Test
    void theReadmeShowsTheExamplesToTheLetter() throws IOException {
        var shown = new ArrayList<String>();
        JAVA.matcher(Files.readString(README)).results().forEach(found -> shown.add(found.group(1)));
        assertThat(shown).containsExactlyInAnyOrderElementsOf(examples());
    }

    private static List<String> examples() throws IOException {
        var chat = Files.readString(EXAMPLES.resolve("Chat.java"));
        var examples = new ArrayList<String>();
        examples.add(chat.substring(chat.indexOf("import ")));
        REGION.matcher(Files.readString(EXAMPLES.resolve("Examples.java")))
                .results()
                .forEach(found -> examples.add(found.group(2).stripIndent() + "\n"));
        assertThat(examples).hasSize(7);
        return examples;
    }
}
