package dev.vireo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A host on which libvirt is not installed, or not for developers. */
class LibvirtMissingIT {
    @BeforeAll
    static void namespacesAreThere() {
        Requirements.requireProgram("unshare", "util-linux");
        Requirements.root("hiding a library from one process");
    }

    @TempDir
    private Path directory;

    private CommandRun vireoWithout(String what, String... arguments) throws IOException {
        String script = Repository.root()
                .resolve("integration-tests/src/test/sh/without-libvirt.sh")
                .toString();
        return JavaProgram.ofTheBuild()
                .runBy("unshare", "--mount", "--propagation", "private", "bash", script, directory.toString(), what)
                .vireo(arguments);
    }

    @ParameterizedTest
    @ValueSource(strings = {"libvirt:", "libvirt:test:///default", "qemu:///system"})
    void itsUrisAreDeclinedAndThePackageIsNamed(String uri) throws IOException {
        CommandRun run = vireoWithout("library", "-c", uri, "list");
        assertEquals(1, run.exitCode(), run::toString);
        assertTrue(run.err().contains("VIR_ERR_NO_CONNECT"), run::toString);
        assertTrue(run.err().contains("libvirt0 (Debian, Ubuntu)"), run::toString);
        assertEquals("", run.out());
    }

    @Test
    void nothingElseIsDisturbed() throws IOException {
        CommandRun run = vireoWithout("library", "-c", "test:///default?clock=stopped", "cpu-stats", "test", "--total");
        assertTrue(run.requireSuccess().out().contains("48.772617035"), run::toString);
        assertEquals("", run.err());
    }

    /** The link that developers have is not needed: the library's own name has a version in it. */
    @Test
    void aLibraryWithoutTheLinkForDevelopersIsUsed() throws IOException {
        Requirements.requireProgram("virsh", "libvirt-clients");
        CommandRun run = vireoWithout("link", "-c", "libvirt:test:///default", "cpu-stats", "test", "--total");
        assertTrue(run.requireSuccess().out().contains("48.772617035"), run::toString);
    }
}
