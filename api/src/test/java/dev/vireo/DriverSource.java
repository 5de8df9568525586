package dev.vireo;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * A driver that somebody else writes and compiles: its source, with the class path that he has, becomes a jar.
 *
 * @param name the name of its class, in the package {@code foreign}, and of the driver
 * @param members what its class has besides; a method that it has there is not made up for it
 * @param services what its file in META-INF/services says
 */
record DriverSource(String name, String members, String services) {
    private static final Map<String, String> METHODS = Map.of(
            "name()", "public String name() { return \"%s\"; }",
            "uriSchemes()", "public Set<String> uriSchemes() { return Set.of(\"foreign\"); }",
            "level()", "public int level() { return LEVEL; }",
            "operations()", "public Set<Operation> operations() { return Set.of(Operation.CONNECT_GET_HOSTNAME); }",
            "probe()", "public Optional<ConnectionUri> probe() { return Optional.empty(); }",
            "open(",
                    "public OpenResult open(ConnectionUri uri, OpenOptions options)"
                            + " { return OpenResult.declined(\"it is foreign\"); }");

    static DriverSource named(String name) {
        return new DriverSource(name, "", "foreign." + name);
    }

    DriverSource having(String moreMembers) {
        return new DriverSource(name, members + "\n" + moreMembers, services);
    }

    DriverSource naming(String newServices) {
        return new DriverSource(name, members, newServices);
    }

    private String text() {
        String methods = METHODS.entrySet().stream()
                .filter(method -> !members.contains(" " + method.getKey()))
                .map(Map.Entry::getValue)
                .collect(Collectors.joining("\n"));
        return String.join(
                "\n",
                "package foreign;",
                "import dev.vireo.*;",
                "import dev.vireo.spi.*;",
                "import java.util.*;",
                "public class " + name + " implements HypervisorDriver {",
                methods.formatted(name),
                members,
                "}");
    }

    /** Compiles it against the library that runs, and packs it. */
    void intoJar(Path jar) throws IOException {
        intoJar(jar, Path.of("target", "classes"));
    }

    /** Compiles it against another library, sources or classes, and packs it alone. */
    void intoJar(Path jar, Path library) throws IOException {
        Path work = Files.createTempDirectory("driver");
        Path source = Files.createDirectories(work.resolve("foreign")).resolve(name + ".java");
        Files.writeString(source, text());
        Path classes = Files.createDirectory(work.resolve("classes"));
        compile(source, classes, library);
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            add(out, "META-INF/services/dev.vireo.spi.HypervisorDriver", services.getBytes(StandardCharsets.UTF_8));
            try (Stream<Path> files = Files.list(classes.resolve("foreign"))) {
                for (Path type : files.sorted().toList()) {
                    add(out, "foreign/" + type.getFileName(), Files.readAllBytes(type));
                }
            }
        }
    }

    private static void compile(Path source, Path classes, Path library) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        List<String> options = List.of(
                "-d",
                classes.toString(),
                "-proc:none",
                "-cp",
                library + java.io.File.pathSeparator + System.getProperty("java.class.path"));
        boolean compiled = compiler.getTask(
                        said,
                        null,
                        null,
                        options,
                        null,
                        compiler.getStandardFileManager(null, null, null).getJavaFileObjects(source))
                .call();
        if (!compiled) {
            throw new IllegalStateException(said.toString());
        }
    }

    private static void add(JarOutputStream out, String name, byte[] content) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(content);
    }
}
