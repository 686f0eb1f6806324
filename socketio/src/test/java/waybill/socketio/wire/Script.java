package waybill.socketio.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// One file of conversations: which server they are held with, and the sections, each a conversation of its own.
record Script(String name, String server, List<Section> sections) {

    /// A conversation. `stricter` where the reference implementation is known to let more through than we do.
    record Section(String title, boolean stricter, int line, List<String> lines) {}

    static Script read(Path file) {
        try {
            return parse(file.getFileName().toString(), Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Script parse(String name, List<String> lines) {
        var server = "";
        var sections = new ArrayList<Section>();
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i).strip();
            if (line.startsWith("@ ")) {
                server = line.substring(2);
            } else if (line.startsWith("== ")) {
                sections.add(new Section(line.substring(3), false, i + 1, new ArrayList<>()));
            } else if (line.startsWith("=! ")) {
                sections.add(new Section(line.substring(3), true, i + 1, new ArrayList<>()));
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                sections.getLast().lines().add(line);
            }
        }
        return new Script(name, server, sections);
    }
}
