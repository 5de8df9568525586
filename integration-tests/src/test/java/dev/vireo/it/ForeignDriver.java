package dev.vireo.it;

import dev.vireo.spi.HypervisorDriver;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** A driver of a stranger's, of which one member is wrong: compiled against the api alone and packed into a jar. */
final class ForeignDriver {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private ForeignDriver() {}

    /**
     * Makes the jar.
     *
     * @param name the name of its class, which is in no package
     * @param method a method that takes the place of the one that is right
     * @param directory where the jar goes
     * @param work where it is compiled
     */
    static Path jar(String name, String method, Path directory, Path work) throws IOException {
        compile(name, method, work);
        return pack(name, work, directory.resolve(name + ".jar"));
    }

    private static void compile(String name, String method, Path work) throws IOException {
        Path source = work.resolve(name + ".java");
        Files.writeString(source, """
                import dev.vireo.ConnectionUri;
                import dev.vireo.OpenOptions;
                import dev.vireo.Operation;
                import dev.vireo.spi.HypervisorDriver;
                import dev.vireo.spi.OpenResult;
                import java.util.Optional;
                import java.util.Set;

                public class %1$s extends %1$sBase {
                    %2$s
                }

                abstract class %1$sBase implements HypervisorDriver {
                    public String name() { return "%1$s"; }
                    public Set<String> uriSchemes() { return Set.of("foreign"); }
                    public int level() { return LEVEL; }
                    public Set<Operation> operations() { return Set.of(); }
                    public Optional<ConnectionUri> probe() { return Optional.empty(); }
                    public OpenResult open(ConnectionUri uri, OpenOptions options) {
                        return OpenResult.declined("it is foreign");
                    }
                }
                """.formatted(name, method));
        String api = Path.of(URI.create(HypervisorDriver.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toString()))
                .toString();
        String javac = Path.of(System.getProperty("java.home"), "bin", "javac").toString();
        CommandRun.of(LIMIT, List.of(javac, "-proc:none", "-cp", api, source.toString()))
                .requireSuccess();
    }

    private static Path pack(String name, Path classes, Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            add(out, "META-INF/services/" + HypervisorDriver.class.getName(), name.getBytes(StandardCharsets.UTF_8));
            for (String type : List.of(name + ".class", name + "Base.class")) {
                add(out, type, Files.readAllBytes(classes.resolve(type)));
            }
        }
        return jar;
    }

    private static void add(JarOutputStream out, String name, byte[] content) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(content);
    }
}
