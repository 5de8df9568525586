package dev.vireo;

import static dev.vireo.Failures.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionUriTest {
    @Test
    void theTextIsKeptUntouched() {
        String text = "qemu+cgroup:///sys%74em?sysfs=/a%20b";
        assertEquals(text, ConnectionUri.parse(text).text());
    }

    @Test
    void schemeHostPathAndQueryAreTakenApart() {
        ConnectionUri uri = ConnectionUri.parse("QEMU+ssh://root@host:22/sys%74em?a=1+2&b=%26&c");
        assertEquals("qemu+ssh", uri.scheme());
        assertEquals(Optional.of("root"), uri.user());
        assertEquals(Optional.of("host:22"), uri.host());
        assertEquals("/system", uri.path());
        assertEquals(
                List.of(
                        new ConnectionUri.Parameter("a", "1+2"),
                        new ConnectionUri.Parameter("b", "&"),
                        new ConnectionUri.Parameter("c", "")),
                uri.query());
    }

    @ParameterizedTest
    @ValueSource(strings = {"libvirt:", "libvirt:test:///default", "libvirt:xen:", "libvirt:qemu:///a?%zz=%"})
    void whatFollowsASchemeWithoutSlashesIsNeverDecoded(String text) {
        ConnectionUri uri = ConnectionUri.parse(text);
        assertEquals("libvirt", uri.scheme());
        assertEquals(text.substring("libvirt:".length()), uri.rest());
        assertTrue(uri.query().isEmpty());
    }

    @Test
    void aUriThatTheJdkRefusesIsTaken() {
        assertEquals(Optional.empty(), ConnectionUri.parse("xen://").host());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "foo", "/a:b", "1a:///", ":///x", "a b:///"})
    void aTextWithoutASchemeIsRefusedWithAnExample(String text) {
        HypervisorException error = assertFails(ErrorCode.INVALID_ARG, () -> ConnectionUri.parse(text));
        assertTrue(error.getMessage().contains("test:///default"), error.getMessage());
    }

    @Test
    void aMalformedEscapeIsRefused() {
        assertFails(ErrorCode.INVALID_ARG, () -> ConnectionUri.parse("test:///%zz"));
    }

    @Test
    void secretsAreNotShown() {
        String shown = ConnectionUri.parse("esx://me:hunter2@host/?Password=hunter2&x=1&api_token=hunter2")
                .toString();
        assertFalse(shown.contains("hunter2"), shown);
        assertEquals("esx://me:***@host/?Password=***&x=1&api_token=***", shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "esx://root:p@hunter2@host/",
                "esx://dom@user:hunter2@host/",
                "esx://me:hunter2@host",
                "a:///x?pass=hunter2&pwd=hunter2",
                "a:///x?p%61ssword=hunter2",
                "a:///x?password=a;hunter2",
                "a:x?password=hunter2"
            })
    void noFormOfASecretIsShown(String text) {
        ConnectionUri uri = ConnectionUri.parse(text);
        assertFalse(uri.toString().contains("hunter2"), uri.toString());
        assertFalse(uri.query().toString().contains("hunter2"), uri.query().toString());
        HypervisorException error = assertFails(ErrorCode.INVALID_ARG, () -> uri.requireLocal("/system"));
        assertFalse(error.getMessage().contains("hunter2"), error.getMessage());
    }

    @Test
    void whatIsNoSecretIsShown() {
        String text = "qemu+ssh://root@host:22/system?keyfile=/a&no_verify=1";
        assertEquals(text, ConnectionUri.parse(text).toString());
    }

    @Test
    void secretsAreNotShownInErrorsEither() {
        HypervisorException error =
                assertFails(ErrorCode.INVALID_ARG, () -> ConnectionUri.parse("a:///%zz?password=hunter2"));
        assertFalse(error.getMessage().contains("hunter2"), error.getMessage());
    }

    @Test
    void aHostThatIsAForgottenSlashIsExplained() {
        HypervisorException error = assertFails(
                ErrorCode.INVALID_ARG,
                () -> ConnectionUri.parse("qemu+cgroup://system").requireLocal("/system"));
        assertTrue(error.getMessage().contains("did you mean qemu+cgroup:///system?"), error.getMessage());
    }

    @Test
    void aRealHostInALocalUriIsRefused() {
        HypervisorException error = assertFails(
                ErrorCode.INVALID_ARG,
                () -> ConnectionUri.parse("qemu+cgroup://example.org/system").requireLocal("/system"));
        assertTrue(error.getMessage().contains("this host only"), error.getMessage());
    }

    @Test
    void anUnknownPathIsRefusedWithTheKnownOnes() {
        HypervisorException error = assertFails(
                ErrorCode.INVALID_ARG, () -> ConnectionUri.parse("test:///foo").requireLocal("/default"));
        assertTrue(error.getMessage().contains("test:///default"), error.getMessage());
    }

    @Test
    void aLocalUriPasses() {
        ConnectionUri.parse("test:///default?x=1").requireLocal("/default");
    }
}
