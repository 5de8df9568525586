package dev.vireo.it;

import static dev.vireo.it.VireoCommand.vireo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The command asks a person at a terminal for name and password, and never shows the password. */
class LibvirtPromptIT {
    private static final String USER = "fred";
    private static final String PASSWORD = "correct-horse";

    @RegisterExtension
    static final LibvirtScene SCENE = new LibvirtScene(LibvirtHierarchy.V1);

    private static String uri;

    @BeforeAll
    static void startDaemon() throws IOException {
        Requirements.remoteLibvirt();
        Requirements.requireProgram("script", "bsdutils");
        SaslAccounts accounts = SaslAccounts.in(SCENE.directory("vireo-it-sasl-"));
        accounts.add(USER, PASSWORD);
        int port = FreePort.find();
        SCENE.startDaemon(LibvirtConfiguration.socketOnly().withTcp(port, accounts));
        uri = "qemu+tcp://127.0.0.1:" + port + "/system";
        vireo("--version");
    }

    private static TerminalRun list() throws IOException {
        String command = Repository.root().resolve("vireo").toString();
        return TerminalRun.start(List.of(command, "-c", uri, "list"));
    }

    @Test
    void nameAndPasswordAreAskedForAndOnlyTheNameIsShown() throws IOException {
        try (TerminalRun run = list()) {
            run.awaitShown("authentication name");
            run.type(USER);
            run.awaitShown("password");
            run.type(PASSWORD);
            assertEquals(0, run.awaitEnd(), run::shown);
            assertTrue(run.shown().contains(USER), run::shown);
            assertFalse(run.shown().contains(PASSWORD), run::shown);
        }
    }

    @Test
    void aWrongPasswordIsRefusedAndNotShown() throws IOException {
        try (TerminalRun run = list()) {
            run.awaitShown("authentication name");
            run.type(USER);
            run.awaitShown("password");
            run.type("wrong-horse");
            assertNotEquals(0, run.awaitEnd(), run::shown);
            assertTrue(run.shown().contains("VIR_ERR_AUTH_FAILED"), run::shown);
            assertFalse(run.shown().contains("wrong-horse"), run::shown);
        }
    }

    @Test
    void withoutATerminalNobodyIsAsked() {
        CommandRun run = vireo("-c", uri, "list");
        assertEquals(1, run.exitCode(), run::toString);
        assertTrue(run.err().contains("VIR_ERR_AUTH"), run::toString);
    }
}
