package dev.vireo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Authentication;
import dev.vireo.Connection;
import dev.vireo.Credential;
import dev.vireo.CredentialType;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.OpenOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A libvirtd on the network that asks for a name and a password. */
class LibvirtSaslIT {
    private static final String USER = "fred";
    private static final String PASSWORD = "correct horse";
    private static final int FROM_RPC = 7;
    /** Enough for memory that is freed twice to end the JVM: it took libvirt-java's own callback a few dozen. */
    private static final int ROUNDS = 200;

    @RegisterExtension
    static final LibvirtScene SCENE = new LibvirtScene(LibvirtHierarchy.V1);

    private static SaslAccounts accounts;
    private static LibvirtDaemon daemon;
    private static String uri;

    @BeforeAll
    static void startDaemon() throws IOException {
        Requirements.remoteLibvirt();
        accounts = SaslAccounts.in(SCENE.directory("vireo-it-sasl-"));
        accounts.add(USER, PASSWORD);
        int port = FreePort.find();
        daemon = SCENE.startDaemon(LibvirtConfiguration.socketOnly().withTcp(port, accounts));
        uri = "qemu+tcp://127.0.0.1:" + port + "/system";
    }

    private static Connection open(Authentication authentication) {
        return Connection.open(uri, OpenOptions.defaults().authentication(authentication));
    }

    private static Authentication with(String user, String password) {
        return credentials -> {
            for (Credential credential : credentials) {
                String answer = credential.type().isSecret() ? password : user;
                credential.setResult(answer.toCharArray());
            }
            return true;
        };
    }

    @Test
    void theRightPasswordOpens() throws IOException {
        LibvirtGuest guest = LibvirtGuest.create(daemon, GuestSpec.of(GuestRom.IDLES));
        try (Connection connection = open(with(USER, PASSWORD))) {
            assertEquals(guest.uuid(), connection.getDomainByName(guest.name()).uuid());
            assertTrue(connection
                            .getDomainByName(guest.name())
                            .cpuStats()
                            .total()
                            .cpuTimeNanos()
                            .value()
                    > 0);
        } finally {
            guest.destroy();
            LeftoverGroups.remove(List.of(guest.name()));
        }
    }

    @Test
    void aNameAndAPasswordAreAskedForInWordsAndNothingElse() {
        List<Credential> asked = new ArrayList<>();
        try (Connection connection = open(credentials -> {
            asked.addAll(credentials);
            return with(USER, PASSWORD).answer(credentials);
        })) {
            assertTrue(connection.isAlive());
        }
        Set<CredentialType> types = EnumSet.noneOf(CredentialType.class);
        asked.forEach(credential -> types.add(credential.type()));
        assertEquals(EnumSet.of(CredentialType.AUTHNAME, CredentialType.PASSPHRASE), types);
        assertTrue(asked.stream().noneMatch(credential -> credential.prompt().isEmpty()), asked::toString);
    }

    @Test
    void aWrongPasswordIsRefusedInLibvirtsWords() {
        HypervisorException refused = assertThrows(HypervisorException.class, () -> open(with(USER, "wrong horse")));
        assertEquals(ErrorCode.AUTH_FAILED, refused.code(), refused::getMessage);
        assertEquals(OptionalInt.of(FROM_RPC), refused.libvirtDomain());
        assertTrue(refused.getMessage().contains("authentication failed"), refused::getMessage);
        assertFalse(refused.getMessage().contains("wrong horse"), refused::getMessage);
    }

    @Test
    void anUnknownNameIsRefused() {
        HypervisorException refused = assertThrows(HypervisorException.class, () -> open(with("nobody", PASSWORD)));
        assertEquals(ErrorCode.AUTH_FAILED, refused.code(), refused::getMessage);
    }

    @Test
    void withoutAnybodyWhoAnswersItIsRefused() {
        HypervisorException refused = assertThrows(HypervisorException.class, () -> Connection.open(uri));
        assertEquals(ErrorCode.AUTH_FAILED, refused.code(), refused::getMessage);
    }

    @Test
    void whoGivesUpIsTold() {
        HypervisorException cancelled = assertThrows(HypervisorException.class, () -> open(credentials -> false));
        assertEquals(ErrorCode.AUTH_CANCELLED, cancelled.code(), cancelled::getMessage);
    }

    @Test
    void whoAnswersNothingHasGivenUpAndIsToldWhatWasAsked() {
        HypervisorException cancelled = assertThrows(HypervisorException.class, () -> open(credentials -> true));
        assertEquals(ErrorCode.AUTH_CANCELLED, cancelled.code(), cancelled::getMessage);
        assertTrue(cancelled.getMessage().contains("password"), cancelled::getMessage);
    }

    @Test
    void anEmptyAnswerIsRefused() {
        HypervisorException refused = assertThrows(HypervisorException.class, () -> open(with("", "")));
        assertEquals(ErrorCode.AUTH_FAILED, refused.code(), refused::getMessage);
    }

    @Test
    void whoFailsToAnswerIsAnErrorWithTheCause() {
        IllegalStateException broken = new IllegalStateException("the key ring is locked");
        HypervisorException failed = assertThrows(
                HypervisorException.class,
                () -> open(credentials -> {
                    throw broken;
                }));
        assertTrue(hasCause(failed, broken), () -> "the cause is lost: " + failed);
    }

    private static boolean hasCause(Throwable error, Throwable cause) {
        for (Throwable next = error; next != null; next = next.getCause()) {
            if (next == cause) {
                return true;
            }
        }
        return false;
    }

    @Test
    void aPasswordMayHaveLettersOfAnyScript() throws IOException {
        accounts.add("ingrid", "grüße, 世界 €");
        try (Connection connection = open(with("ingrid", "grüße, 世界 €"))) {
            assertTrue(connection.isAlive());
        }
    }

    @Test
    void credentialsInAFileOfLibvirtsAreUsedByLibvirt() throws IOException {
        Path file = SCENE.directory("vireo-it-auth-").resolve("auth.conf");
        Files.writeString(file, """
                [credentials-test]
                authname=%s
                password=%s
                [auth-libvirt-127.0.0.1]
                credentials=test
                """.formatted(USER, PASSWORD));
        try (Connection connection = Connection.open(uri + "?authfile=" + file)) {
            assertTrue(connection.isAlive());
        }
    }

    /** libvirt frees what it is answered; if we did, too, the JVM would end here. */
    @Test
    void openingAgainAndAgainLeavesTheMemoryWhole() {
        for (int i = 0; i < ROUNDS; i++) {
            try (Connection connection = open(with(USER, PASSWORD))) {
                assertTrue(connection.isAlive());
            }
            if (i % 20 == 0) {
                System.gc();
            }
        }
    }
}
