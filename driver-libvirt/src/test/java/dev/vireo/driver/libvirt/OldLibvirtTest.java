package dev.vireo.driver.libvirt;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Connection;
import dev.vireo.HypervisorException;
import dev.vireo.driver.libvirt.binding.Compiler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a JVM of its own, since a library is loaded once. */
class OldLibvirtTest {
    @TempDir
    private Path directory;

    /** Opens a connection and prints the error, in another JVM. */
    static final class Opener {
        private Opener() {}

        public static void main(String[] args) {
            try (Connection connection = Connection.open("libvirt:x")) {
                System.out.println("opened " + connection);
            } catch (HypervisorException error) {
                System.out.println(error.code() + " " + error.getMessage());
            }
            try (Connection connection = Connection.open("test:///default")) {
                System.out.println("and " + connection.uri());
            } catch (HypervisorException noSuchDriverHere) {
                System.out.println("others are asked: " + noSuchDriverHere.code());
            }
        }
    }

    private String open(Path libraries) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djna.library.path=" + libraries,
                "-cp",
                System.getProperty("java.class.path"),
                Opener.class.getName());
        return String.join("\n", Compiler.run(command));
    }

    @Test
    void aLibraryThatIsTooOldIsDeclinedByItsVersionAndWhatItLacks() throws IOException {
        Compiler.compile("fake_libvirt.c", directory.resolve("libvirt.so"), "-shared", "-fPIC", "-DTOO_OLD");
        String output = open(directory);
        assertTrue(output.contains("NO_CONNECT"), output);
        assertTrue(output.contains("declined: the libvirt that is installed, 0.9.12, is too old"), output);
        assertTrue(output.contains("virConnectListAllDomains"), output);
        assertTrue(output.contains("libvirt0 (Debian, Ubuntu)"), output);
        assertTrue(output.contains("others are asked"), output);
    }
}
