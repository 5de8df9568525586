package dev.vireo.driver.libvirt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.ConnectionUri;
import dev.vireo.ErrorCode;
import dev.vireo.ErrorLevel;
import dev.vireo.HypervisorException;
import dev.vireo.OpenOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpeningAdviceTest {
    private static final OpenOptions NOBODY = OpenOptions.defaults();

    private static final LibvirtUri HERE = LibvirtUri.of(ConnectionUri.parse("qemu:///system"));
    private static final LibvirtUri ELSEWHERE = LibvirtUri.of(ConnectionUri.parse("qemu+ssh://host/system"));

    private static String advised(int number, String text, OpenOptions options) {
        HypervisorException advised = OpeningAdvice.added(
                HypervisorException.reported(number, 7, ErrorLevel.ERROR, "libvirt", text), HERE, options);
        assertEquals(number, advised.number());
        assertEquals(OptionalInt.of(7), advised.libvirtDomain());
        assertTrue(advised.getMessage().startsWith(text), advised::getMessage);
        return advised.getMessage().substring(text.length());
    }

    @Test
    void aSocketThatIsClosedToTheCallerNamesWhoMayUseIt(@TempDir Path directory) throws IOException {
        Path socket = Files.createFile(directory.resolve("libvirt-sock"));
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
        String group =
                Files.readAttributes(socket, PosixFileAttributes.class).group().getName();
        String advice = advised(38, "Failed to connect socket to '" + socket + "': Permission denied", NOBODY);
        assertFalse(advice.contains("the group '" + group + "'"), advice);
        assertTrue(advice.contains("to its owner"), advice);
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw----"));
        advice = advised(38, "Failed to connect socket to '" + socket + "': Permission denied", NOBODY);
        assertTrue(advice.contains("the group '" + group + "'"), advice);
    }

    @Test
    void aSocketThatIsNotThereSaysHowToStartTheDaemon() {
        String advice = advised(38, "Failed to connect socket to '/nowhere/sock': No such file or directory", NOBODY);
        assertTrue(advice.contains("systemctl start"), advice);
    }

    @Test
    void aSocketOfAnotherHostIsNotLookedAtHere() {
        HypervisorException error = HypervisorException.reported(
                38, 7, ErrorLevel.ERROR, "libvirt", "Failed to connect socket to '/nowhere/sock': Permission denied");
        assertSame(error, OpeningAdvice.added(error, ELSEWHERE, NOBODY));
    }

    @Test
    void polkitsRefusalNamesTheActionThatWasAskedFor() {
        assertTrue(advised(94, "no polkit agent", NOBODY).contains("org.libvirt.unix.monitor"));
        assertTrue(advised(94, "no polkit agent", NOBODY.readWrite()).contains("org.libvirt.unix.manage"));
    }

    @Test
    void whoGaveNoCredentialsIsToldHow() {
        assertTrue(advised(45, "authentication failed", NOBODY).contains("OpenOptions.authentication"));
        String advice = advised(45, "authentication failed", NOBODY.authentication(credentials -> true));
        assertTrue(advice.contains("wrong"), advice);
    }

    @Test
    void aPortWhereNobodyListensSaysWhatTheDaemonNeeds() {
        String advice = advised(38, "unable to connect to server at 'h:16509': Connection refused", NOBODY);
        assertTrue(advice.contains("listen_tcp"), advice);
    }

    @Test
    void whatNeedsNoAdviceStaysAsItIs() {
        assertEquals("", advised(5, "no connection driver available for x", NOBODY));
        HypervisorException ours = HypervisorException.of(ErrorCode.SYSTEM_ERROR, "libvirt", "Connection refused");
        assertSame(ours, OpeningAdvice.added(ours, HERE, NOBODY));
    }
}
