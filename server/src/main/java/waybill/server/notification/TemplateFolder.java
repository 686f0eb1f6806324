package waybill.server.notification;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import waybill.hub.notification.MessageTemplates;

/// A folder of the operator with templates of messages, a file for each language: `de.properties` and the like.
public record TemplateFolder(Path path) {

    private static final String SUFFIX = ".properties";

    /// Files that are read; the others are ignored.
    private static final int FILES_MAX = 200;

    /// The templates, with those of the folder in the place of the hub's.
    public MessageTemplates override(MessageTemplates templates) {
        var overridden = templates;
        try (var files = Files.list(path)) {
            for (var file : files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .sorted()
                    .limit(FILES_MAX)
                    .toList()) {
                var name = file.getFileName().toString();
                var language = name.substring(0, name.length() - SUFFIX.length());
                try (var reader = Files.newBufferedReader(file)) {
                    overridden = overridden.overriddenBy(language, reader, file.toString());
                }
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "templates: " + path + " cannot be read (expected: a folder with files such as en.properties)", e);
        }
        return overridden;
    }
}
