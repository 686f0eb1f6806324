package waybill.socketio.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    private static final Path README = Path.of("README.md");
    private static final Path EXAMPLES = Path.of("src/test/java/waybill/socketio/readme");
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern REGION = Pattern.compile("// <([a-z-]+)>\n(.*?)\n *// </\\1>", Pattern.DOTALL);

    private static final Pattern ROW = Pattern.compile("^\\| .*? \\| (yes|partly|no) \\| ?(.*)\\|$", Pattern.MULTILINE);
    private static final Pattern MEMBER = Pattern.compile("`([A-Z]\\w+)\\.(\\w+)`");
    private static final List<String> PACKAGES = List.of("waybill.socketio", "waybill.socketio.adapter");

    @Test
    void theReadmeContainsTheExamplesVerbatim() throws IOException {
        var shown = new ArrayList<String>();
        JAVA.matcher(Files.readString(README)).results().forEach(found -> shown.add(found.group(1)));
        assertThat(shown).containsExactlyInAnyOrderElementsOf(examples());
    }

    /// A feature that the table promises is a member of a class that an application sees.
    @Test
    void theFeatureTableNamesExistingMembers() throws IOException {
        var table = Files.readString(README).split("## Beside Socket.IO 4.8", 2)[1];
        int promised = 0;
        for (var row : ROW.matcher(table).results().toList()) {
            var members = MEMBER.matcher(row.group(2)).results().toList();
            if (row.group(1).equals("yes")) {
                assertThat(members).as(row.group()).isNotEmpty();
            }
            for (var member : members) {
                assertThat(members(member.group(1))).as(member.group()).contains(member.group(2));
                promised++;
            }
        }
        assertThat(promised).isGreaterThan(50);
    }

    private static Set<String> members(String type) {
        for (var where : PACKAGES) {
            try {
                var members = new HashSet<String>();
                for (var method : Class.forName(where + "." + type).getMethods()) {
                    members.add(method.getName());
                }
                return members;
            } catch (ClassNotFoundException _) {
                // looked for in the next one
            }
        }
        throw new AssertionError("no class " + type + " in " + PACKAGES);
    }

    private static List<String> examples() throws IOException {
        var chat = Files.readString(EXAMPLES.resolve("Chat.java"));
        var examples = new ArrayList<String>();
        examples.add(chat.substring(chat.indexOf("import ")));
        REGION.matcher(Files.readString(EXAMPLES.resolve("Examples.java")))
                .results()
                .forEach(found -> examples.add(found.group(2).stripIndent() + "\n"));
        assertThat(examples).hasSize(8);
        return examples;
    }
}
