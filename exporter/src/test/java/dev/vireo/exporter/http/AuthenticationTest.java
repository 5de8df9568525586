package dev.vireo.exporter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthenticationTest {
    private static final String SCRAPER = "scraper:" + hash("s3cret:with colon");

    @TempDir
    private Path directory;

    private Path users;

    private static String hash(String password) {
        return BCrypt.with(BCrypt.Version.VERSION_2Y).hashToString(4, password.toCharArray());
    }

    @BeforeEach
    void write() throws IOException {
        users = Files.writeString(directory.resolve("users"), "# who may ask\n\n" + SCRAPER + "\n");
        Files.setPosixFilePermissions(users, PosixFilePermissions.fromString("rw-------"));
    }

    /** Puts another file in the place of the former one, so that no part of it can be read as if it were all. */
    private void replaceUsers(String text) throws IOException {
        Path next = Files.writeString(directory.resolve("users.next"), text);
        Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rw-------"));
        Files.move(next, users, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private WebServerBuilder builder() {
        return Servers.here().authentication(users).lookForChangesEvery(Duration.ofMillis(20));
    }

    private static Reply get(WebServer server, String path, String authorization) throws IOException {
        return RawClient.ask(
                server, "GET " + path + " HTTP/1.1\r\nHost: any.example\r\nAuthorization: " + authorization + "\r\n");
    }

    private static String basic(String userAndPassword) {
        return "Basic " + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theRightPasswordIsAnsweredAgainAndAgain() throws Exception {
        try (WebServer server = builder().start()) {
            for (int i = 0; i < 3; i++) {
                assertEquals(
                        200,
                        get(server, "/metrics", basic("scraper:s3cret:with colon"))
                                .status());
            }
        }
    }

    @Test
    void nobodyElseIsAnsweredWhateverHeAsksFor() throws Exception {
        try (WebServer server =
                builder().page(PageFiles.beside(AuthenticationTest.class)).start()) {
            Reply none = RawClient.get(server, "/metrics");
            assertEquals(401, none.status());
            assertEquals("Basic realm=\"Vireo\", charset=\"UTF-8\"", none.header("www-authenticate"));
            for (String wrong : List.of(
                    basic("scraper:wrong"),
                    basic("scraper:"),
                    basic("scraper"),
                    basic("nobody:s3cret:with colon"),
                    basic(":"),
                    basic("scraper:s3cret:with colon "),
                    "Basic ###",
                    "Bearer abc",
                    "Basic")) {
                for (String path : List.of("/metrics", "/", "/nothing")) {
                    assertEquals(401, get(server, path, wrong).status(), wrong + " " + path);
                }
            }
        }
    }

    @Test
    void aWrongPasswordIsWrongAlsoAfterTheRightOneWasShown() throws Exception {
        try (WebServer server = builder().start()) {
            assertEquals(
                    200,
                    get(server, "/metrics", basic("scraper:s3cret:with colon")).status());
            assertEquals(401, get(server, "/metrics", basic("scraper:wrong")).status());
            assertEquals(
                    200,
                    get(server, "/metrics", basic("scraper:s3cret:with colon")).status());
        }
    }

    @Test
    void aPasswordThatWasRightIsKnownWithoutAHash() {
        Passwords passwords = PasswordFile.parse(SCRAPER);
        byte[] right = "s3cret:with colon".getBytes(StandardCharsets.UTF_8);
        assertFalse(passwords.wasRight("scraper", right));
        assertTrue(passwords.isRight("scraper", right));
        assertTrue(passwords.wasRight("scraper", right));
        assertFalse(passwords.wasRight("scraper", "wrong".getBytes(StandardCharsets.UTF_8)));
        assertFalse(passwords.isRight("scraper", "wrong".getBytes(StandardCharsets.UTF_8)));
        assertFalse(passwords.wasRight("scraper", "wrong".getBytes(StandardCharsets.UTF_8)));
        assertFalse(passwords.wasRight("nobody", right));
    }

    @Test
    void hashesOfOtherProgramsAreUnderstood() {
        // The test vector of "U*U" at cost 5 in Openwall's crypt_blowfish, in the three spellings of its version.
        for (String version : List.of("2a", "2b", "2y")) {
            String line = "u:$" + version + "$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";
            assertTrue(PasswordFile.parse(line).isRight("u", "U*U".getBytes(StandardCharsets.UTF_8)), version);
        }
    }

    @Test
    void namesAndPasswordsAreUtf8() {
        Passwords passwords = PasswordFile.parse(new String(
                ("jürgen:" + hash("pässwörd")).getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
        assertTrue(passwords.isRight("jürgen", "pässwörd".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void whoIsTakenOutOfTheFileIsNotAnsweredAnyMoreAndWhoFollowedIsSentAway() throws Exception {
        EventBroadcast broadcast = new EventBroadcast(() -> null, () -> {}, () -> {});
        try (WebServer server = builder().events("/events", broadcast).start();
                RawClient follower = RawClient.to(server)) {
            follower.send("GET /events HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                    + basic("scraper:s3cret:with colon") + "\r\n\r\n");
            follower.readUntil("retry: 2000\n\n");
            replaceUsers("other:" + hash("other") + "\n");
            Await.until("the follower has gone", () -> server.eventStreams() == 0);
            assertTrue(follower.isThrownOut());
            assertEquals(
                    401,
                    get(server, "/metrics", basic("scraper:s3cret:with colon")).status());
            assertEquals(200, get(server, "/metrics", basic("other:other")).status());
        }
    }

    @Test
    void whoFollowsIsNotSentAwayByAFileThatIsAwayForAWhileAndComesBackAsItWas() throws Exception {
        EventBroadcast broadcast = new EventBroadcast(() -> null, () -> {}, () -> {});
        try (WebServer server = builder().events("/events", broadcast).start();
                RawClient follower = RawClient.to(server)) {
            String former = Files.readString(users);
            follower.send("GET /events HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                    + basic("scraper:s3cret:with colon") + "\r\n\r\n");
            follower.readUntil("retry: 2000\n\n");
            Files.delete(users);
            Await.until("it is told", () -> server.problems().toString().contains("no such file"));
            replaceUsers("nonsense");
            Await.until("it is told", () -> server.problems().toString().contains("users: line 1"));
            replaceUsers(former);
            Await.until("it is well again", () -> server.problems().isEmpty());
            assertEquals(1, server.eventStreams());
        }
    }

    @Test
    void aBadNewFileIsToldToThoseWhoMayAskAndTheFormerOneHolds() throws Exception {
        try (WebServer server = builder().start()) {
            replaceUsers(SCRAPER + "\nmd5:$apr1$abc$def\n");
            Await.until("it is told", () -> server.problems().toString().contains("users: line 2: not a bcrypt hash"));
            assertEquals(1, server.problems().size(), "" + server.problems());
            assertFalse(server.problems().toString().contains("apr1"), "" + server.problems());
            assertEquals(
                    200,
                    get(server, "/metrics", basic("scraper:s3cret:with colon")).status());
            Reply health = get(server, "/healthz", basic("scraper:s3cret:with colon"));
            assertTrue(health.text().contains("line 2"), health.text());
            assertEquals("ok\n", RawClient.get(server, "/healthz").text());
        }
    }

    @Test
    void healthIsToldToAnyoneAndWhatIsWrongIsNot() throws Exception {
        try (WebServer server =
                builder().ready(() -> "the hypervisor is at qemu+ssh://inside").start()) {
            Reply reply = RawClient.get(server, "/readyz");
            assertEquals(503, reply.status());
            assertEquals("not ok\n", reply.text());
            assertEquals(
                    "not ok: the hypervisor is at qemu+ssh://inside\n",
                    get(server, "/readyz", basic("scraper:s3cret:with colon")).text());
        }
    }

    @Test
    void aFileThatEveryUserCanReadIsTold() throws Exception {
        Files.setPosixFilePermissions(users, PosixFilePermissions.fromString("rw-r--r--"));
        try (WebServer server = builder().start()) {
            assertTrue(server.problems().get(0).contains("users can be read by every user"), "" + server.problems());
        }
    }

    @Test
    void aFileThatWillNotDoAtTheStartIsAnErrorThatSaysWhatToDo() throws Exception {
        for (String text : List.of(
                "",
                "# nobody\n",
                "scraper",
                ":" + hash("x"),
                "a:plain",
                SCRAPER + "\n" + SCRAPER,
                "a:$2y$20$" + ".".repeat(53),
                "a:$2y$03$" + ".".repeat(53))) {
            Files.writeString(users, text);
            ServingException failure =
                    assertThrows(ServingException.class, () -> builder().start(), text);
            assertTrue(failure.getMessage().contains(users.toString()), failure.getMessage());
        }
    }
}
