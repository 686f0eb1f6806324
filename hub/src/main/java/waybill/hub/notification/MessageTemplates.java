package waybill.hub.notification;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import waybill.access.Role;
import waybill.notification.Trigger;
import waybill.notification.TriggerTable;

/// The templates of messages by language: `order_delivered.customer.title` and the like. `{name}` stands for a value;
/// text in `[…]` is left out when a value in it is not known. A language that is not there falls back to its first part
/// (`pt-BR` to `pt`), and then to English. Immutable.
public final class MessageTemplates {

    public static final String DEFAULT_LANGUAGE = "en";

    private static final List<String> BUILT_IN = List.of(DEFAULT_LANGUAGE, "de", "es", "fr");

    private static final String SUFFIX = ".properties";

    private static final Pattern OPTIONAL = Pattern.compile("\\[([^\\[\\]]*)]");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-zA-Z]+)}");

    /// What a template may name.
    static final Set<String> NAMES =
            Set.of("orderNumber", "store", "driver", "customer", "reason", "minutes", "total", "title", "message");

    /// Every key that a file may have, in order.
    static final Set<String> KEYS = keys();

    private static final MessageTemplates OF_THE_HUB = readBuiltIn();

    private final Map<String, Map<String, String>> byLanguage;

    private MessageTemplates(Map<String, Map<String, String>> byLanguage) {
        this.byLanguage = byLanguage;
    }

    /// Those of the hub.
    public static MessageTemplates builtIn() {
        return OF_THE_HUB;
    }

    private static MessageTemplates readBuiltIn() {
        var byLanguage = new HashMap<String, Map<String, String>>();
        for (var language : BUILT_IN) {
            try (var stream = MessageTemplates.class.getResourceAsStream(language + SUFFIX)) {
                if (stream == null) {
                    throw new IllegalStateException(language + SUFFIX + ": missing (expected: in the hub's jar)");
                }
                byLanguage.put(
                        language, read(new InputStreamReader(stream, StandardCharsets.UTF_8), language + SUFFIX));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new MessageTemplates(byLanguage);
    }

    /// With templates of a language that take the place of the hub's.
    ///
    /// @param templates in the form of a properties file
    /// @param file names it in an error
    public MessageTemplates overriddenBy(String language, Reader templates, String file) throws IOException {
        var merged = new HashMap<>(byLanguage);
        var ofLanguage = new HashMap<>(byLanguage.getOrDefault(normalized(language), Map.of()));
        ofLanguage.putAll(read(templates, file));
        merged.put(normalized(language), ofLanguage);
        return new MessageTemplates(merged);
    }

    private static Map<String, String> read(Reader reader, String file) throws IOException {
        var properties = new Properties();
        properties.load(reader);
        var templates = new HashMap<String, String>();
        properties.stringPropertyNames().forEach(key -> {
            var template = properties.getProperty(key);
            requireKnown(key, template, file);
            templates.put(key, template);
        });
        return templates;
    }

    private static void requireKnown(String key, String template, String file) {
        if (!KEYS.contains(key)) {
            throw new IllegalArgumentException(
                    file + ": " + key + " (expected: one of " + String.join(", ", KEYS) + ")");
        }
        PLACEHOLDER.matcher(template).results().map(match -> match.group(1)).forEach(name -> {
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException(file + ": " + key + ": {" + name + "} (expected: one of "
                        + String.join(", ", new TreeSet<>(NAMES)) + ")");
            }
        });
    }

    private static Set<String> keys() {
        var keys = new TreeSet<String>();
        for (var trigger : Trigger.values()) {
            for (var role : Role.values()) {
                if (!TriggerTable.channels(trigger, role).isEmpty()) {
                    keys.add(key(trigger, role, "title"));
                    keys.add(key(trigger, role, "body"));
                }
            }
        }
        return Collections.unmodifiableSet(keys);
    }

    private static String key(Trigger trigger, Role role, String part) {
        return trigger == Trigger.NOTIFICATION
                ? trigger.wireName() + "." + part
                : trigger.wireName() + "." + role.wireName() + "." + part;
    }

    public MessageText render(Trigger trigger, Role role, Optional<String> locale, Map<String, String> values) {
        return new MessageText(
                fill(find(key(trigger, role, "title"), locale), values),
                fill(find(key(trigger, role, "body"), locale), values));
    }

    private String find(String key, Optional<String> locale) {
        for (var language = normalized(locale.orElse(DEFAULT_LANGUAGE));
                !language.isEmpty();
                language = parent(language)) {
            var template = byLanguage.getOrDefault(language, Map.of()).get(key);
            if (template != null) {
                return template;
            }
        }
        return byLanguage.getOrDefault(DEFAULT_LANGUAGE, Map.of()).getOrDefault(key, "");
    }

    private static String normalized(String locale) {
        return locale.replace('_', '-').toLowerCase(Locale.ROOT);
    }

    private static String parent(String language) {
        return language.substring(0, Math.max(0, language.lastIndexOf('-')));
    }

    /// A value is text and never a template.
    private static String fill(String template, Map<String, String> values) {
        var kept = OPTIONAL.matcher(template).replaceAll(match -> {
            var isKnown = PLACEHOLDER
                    .matcher(match.group(1))
                    .results()
                    .allMatch(name -> !values.getOrDefault(name.group(1), "").isEmpty());
            return Matcher.quoteReplacement(isKnown ? match.group(1) : "");
        });
        return PLACEHOLDER
                .matcher(kept)
                .replaceAll(match -> Matcher.quoteReplacement(values.getOrDefault(match.group(1), "")));
    }
}
