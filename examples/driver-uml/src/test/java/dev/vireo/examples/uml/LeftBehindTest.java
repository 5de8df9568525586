package dev.vireo.examples.uml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Connection;
import dev.vireo.Domain;
import dev.vireo.Drivers;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.OpenOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A guest that was killed leaves its directory and its pid behind, and the pid may be anybody's afterwards. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LeftBehindTest {
    private GuestPrograms programs;
    private Path umlDir;
    private UmlGuest guest;

    @BeforeAll
    void startAGuest(@TempDir Path directory) throws Exception {
        programs = GuestPrograms.build(directory.resolve("programs"));
        umlDir = Files.createDirectory(directory.resolve("guests"));
        guest = UmlGuest.start(programs, umlDir.toString(), "alive", false);
    }

    @AfterAll
    void endTheGuest() throws Exception {
        if (guest != null) {
            guest.close();
        }
    }

    private static Connection open(Path directory) {
        return Drivers.none().with(new UmlDriver()).open("uml://" + directory, OpenOptions.defaults());
    }

    private static List<String> namesIn(Path directory) {
        try (Connection connection = open(directory)) {
            return connection.listDomains().stream().map(Domain::name).sorted().toList();
        }
    }

    private static void leaveBehind(Path directory, String name, String pid) throws Exception {
        Files.writeString(Files.createDirectories(directory.resolve(name)).resolve("pid"), pid);
    }

    @BeforeEach
    void theGuestIsListed() {
        assertEquals(List.of("alive"), namesIn(umlDir));
    }

    @Test
    void aPidThatIsNobodysIsNoGuest() throws Exception {
        leaveBehind(umlDir, "dead", "4194305\n"); // one more than the kernel ever gives
        assertEquals(List.of("alive"), namesIn(umlDir));
    }

    @Test
    void aPidThatIsAnotherProgramsIsNoGuest() throws Exception {
        leaveBehind(umlDir, "dead", ProcessHandle.current().pid() + "\n");
        assertEquals(List.of("alive"), namesIn(umlDir));
    }

    @Test
    void aPidThatIsAnotherGuestsIsNoGuest() throws Exception {
        leaveBehind(umlDir, "dead", guest.pid() + "\n");
        assertEquals(List.of("alive"), namesIn(umlDir));
    }

    @Test
    void aPidThatIsOfAGuestOfTheSameNameElsewhereIsNoGuest(@TempDir Path elsewhere) throws Exception {
        leaveBehind(elsewhere, "alive", guest.pid() + "\n");
        assertEquals(List.of(), namesIn(elsewhere));
    }

    @Test
    void aFileThatIsBeingWrittenIsNoGuestYet() throws Exception {
        leaveBehind(umlDir, "young", "");
        assertEquals(List.of("alive"), namesIn(umlDir));
    }

    @Test
    void aGuestIsFoundThoughItsDirectoryWasNamedByAnotherPath() throws Exception {
        Path link = Files.createSymbolicLink(umlDir.resolveSibling("link"), umlDir);
        assertEquals(List.of("alive"), namesIn(link));
    }

    @Test
    void aSecondRunOfTheSameNameIsAnotherDomain(@TempDir Path own) throws Exception {
        try (Connection connection = open(own)) {
            Domain first;
            try (UmlGuest one = UmlGuest.start(programs, own.toString(), "again", false)) {
                first = connection.getDomainByName("again");
                assertEquals(one.pid(), first.id());
            }
            try (UmlGuest two = UmlGuest.start(programs, own.toString(), "again", false)) {
                Domain second = connection.getDomainByName("again");
                assertEquals(two.pid(), second.id());
                assertNotEquals(first.uuid(), second.uuid());
                HypervisorException gone = assertThrows(HypervisorException.class, first::cpuStats);
                assertEquals(ErrorCode.NO_DOMAIN, gone.code());
                assertTrue(gone.getMessage().contains("'again'"), gone.getMessage());
            }
        }
    }

    @Test
    void whatIsNoDirectoryIsRefused() {
        for (String uri : List.of("uml:", "uml:///no/such/directory", "uml:///proc/self/stat")) {
            HypervisorException refused = assertThrows(
                    HypervisorException.class,
                    () -> Drivers.none().with(new UmlDriver()).open(uri, OpenOptions.defaults()));
            assertEquals(ErrorCode.INVALID_ARG, refused.code(), uri);
            assertTrue(refused.getMessage().contains("uml:///DIR"), refused.getMessage());
        }
    }
}
