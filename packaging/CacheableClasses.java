import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Run by ./waybill: gives the classes of a jar that were compiled for Java 5 or older the form of Java 8, which has the
/// types that a verifier needs. The JVM's cache takes no class of the older form, so that each start would parse and
/// verify those of the command line's library anew. What the classes do stays the same. A jar without such a class is
/// left as it is.
final class CacheableClasses {

    private static final int FIRST_CACHEABLE = ClassFile.JAVA_6_VERSION;

    private static final String NOTICE_NAME = "META-INF/CHANGES-BY-WAYBILL.txt";

    private static final String NOTICE = """
            The class files of this jar were compiled for an old version of Java. They have been written again in the form
            of Java 8, with the types of their stack frames, and are otherwise as their authors made them.
            """;

    static void main(String[] jars) throws IOException {
        for (var jar : jars) {
            rewrite(Path.of(jar));
        }
    }

    private static void rewrite(Path jar) throws IOException {
        var contents = new LinkedHashMap<ZipEntry, byte[]>();
        try (var in = new JarFile(jar.toFile())) {
            for (var entries = in.entries(); entries.hasMoreElements(); ) {
                var entry = entries.nextElement();
                contents.put(entry, in.getInputStream(entry).readAllBytes());
            }
        }
        if (contents.entrySet().stream().noneMatch(CacheableClasses::isOld)) {
            return;
        }
        var copy = jar.resolveSibling(jar.getFileName() + ".new");
        var format = format(contents);
        try (var out = new ZipOutputStream(Files.newOutputStream(copy))) {
            var timeMs = 0L;
            for (var content : contents.entrySet()) {
                timeMs = content.getKey().getTime();
                write(out, content.getKey().getName(), timeMs, isOld(content) ? renew(format, content) : content.getValue());
            }
            write(out, NOTICE_NAME, timeMs, NOTICE.getBytes(StandardCharsets.UTF_8));
        }
        Files.move(copy, jar, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void write(ZipOutputStream out, String name, long timeMs, byte[] bytes) throws IOException {
        var entry = new ZipEntry(name);
        entry.setTime(timeMs);
        out.putNextEntry(entry);
        out.write(bytes);
        out.closeEntry();
    }

    private static boolean isOld(Map.Entry<ZipEntry, byte[]> content) {
        var bytes = content.getValue();
        return content.getKey().getName().endsWith(".class")
                && Short.toUnsignedInt((short) (bytes[6] << 8 | (bytes[7] & 0xff))) < FIRST_CACHEABLE;
    }

    /// Finds the superclasses that the types of frames depend on in the jar, and then in Java.
    private static ClassFile format(Map<ZipEntry, byte[]> contents) {
        var classes = new LinkedHashMap<String, byte[]>();
        contents.forEach((entry, bytes) -> classes.put(entry.getName(), bytes));
        var ofJar = ClassHierarchyResolver.ofResourceParsing(type -> {
            var name = type.descriptorString();
            var bytes = classes.get(name.substring(1, name.length() - 1) + ".class");
            return bytes == null ? null : new ByteArrayInputStream(bytes);
        });
        return ClassFile.of(
                ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                ClassFile.ClassHierarchyResolverOption.of(
                        ofJar.orElse(ClassHierarchyResolver.defaultResolver())));
    }

    private static byte[] renew(ClassFile format, Map.Entry<ZipEntry, byte[]> content) {
        var version = ClassTransform.endHandler(type -> type.withVersion(ClassFile.JAVA_8_VERSION, 0));
        var renewed = format.transformClass(
                format.parse(content.getValue()),
                ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL).andThen(version));
        var errors = format.verify(renewed);
        if (!errors.isEmpty()) {
            throw new IllegalStateException(content.getKey().getName() + ": " + errors.getFirst().getMessage());
        }
        return renewed;
    }
}
