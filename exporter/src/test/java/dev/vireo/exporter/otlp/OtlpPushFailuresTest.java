package dev.vireo.exporter.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.ErrorCode;
import dev.vireo.driver.test.DomainConfiguration;
import dev.vireo.driver.test.HypervisorConfiguration;
import dev.vireo.exporter.ExporterHealth.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class OtlpPushFailuresTest {
    private static final Duration SHORT = Duration.ofMillis(300);

    private static OtlpScene scene(UnaryOperator<OtlpSettingsBuilder> how) throws IOException {
        HypervisorConfiguration host = HypervisorConfiguration.builder()
                .domain(DomainConfiguration.named("web"))
                .build();
        return new OtlpScene(host, how);
    }

    private static Map<Failure, Long> failures(ErrorCode code, long count) {
        return Map.of(new Failure("otlp", code), count);
    }

    @ParameterizedTest
    @CsvSource({
        "400, HTTP_ERROR",
        "401, AUTH_FAILED",
        "403, AUTH_FAILED",
        "429, HTTP_ERROR",
        "500, HTTP_ERROR",
        "503, HTTP_ERROR",
        "301, HTTP_ERROR"
    })
    void aReceiverThatRefusesIsCountedEachTimeAndToldOfOnce(int status, ErrorCode code) throws IOException {
        try (OtlpScene scene = scene(settings -> settings)) {
            scene.receiver.answerWithStatus(status);
            for (int i = 0; i < 3; i++) {
                scene.sampleAndPush();
            }
            assertEquals(3, scene.receiver.count(), "each push is one request: none is sent again before the next");
            assertEquals(failures(code, 3), scene.health.failures());
            assertEquals(1, scene.log.size(), scene.log::toString);
            assertTrue(scene.log.get(0).contains("HTTP status " + status), scene.log.get(0));
            assertTrue(scene.log.get(0).contains(scene.receiver.url()), scene.log.get(0));
        }
    }

    @Test
    void aReceiverThatAcceptsAgainIsToldOfOnce() throws IOException {
        try (OtlpScene scene = scene(settings -> settings)) {
            scene.receiver.answerWithStatus(503);
            scene.sampleAndPush();
            scene.sampleAndPush();
            scene.receiver.acceptAgain();
            scene.sampleAndPush();
            scene.sampleAndPush();
            assertEquals(2, scene.log.size(), scene.log::toString);
            assertTrue(scene.log.get(1).endsWith("accepts again, after 2 failures"), scene.log.get(1));
            assertEquals(2, scene.failures());
        }
    }

    @Test
    void theQueryOfTheAddressGoesWithEachPushAndIsNotToldOf() throws IOException {
        try (OtlpReceiver receiver = OtlpReceiver.start();
                OtlpScene scene = scene(settings -> settings.endpoint(receiver.url() + "?key=hush"))) {
            receiver.answerWithStatus(503);
            scene.sampleAndPush();
            receiver.acceptAgain();
            scene.sampleAndPush();
            assertEquals("/v1/metrics?key=hush", receiver.lastTarget());
            assertEquals(2, scene.log.size(), scene.log::toString);
            scene.log.forEach(told -> assertFalse(told.contains("hush"), told));
        }
    }

    @Test
    void aReceiverThatIsDownGetsWhatIsNewWhenItIsBack() throws IOException {
        try (OtlpScene scene = scene(settings -> settings)) {
            scene.sampleAndPush();
            int port = scene.receiver.port();
            scene.receiver.close();
            scene.sampleAndPush();
            scene.sampleAndPush();
            assertEquals(failures(ErrorCode.RPC, 2), scene.health.failures());
            try (OtlpReceiver back = OtlpReceiver.startAt(port)) {
                scene.sampleAndPush();
                assertEquals(1, back.count());
                assertEquals(
                        OtlpScene.WALL_ZERO.plusSeconds(4),
                        OtlpScene.time(back.points("vm.cpu.time").get(0).getTimeUnixNano()));
                assertEquals(
                        OtlpScene.WALL_ZERO.plusSeconds(1),
                        OtlpScene.time(back.points("vm.cpu.time").get(0).getStartTimeUnixNano()),
                        "the stream goes on where it was");
            }
            assertEquals(2, scene.log.size(), scene.log::toString);
        }
    }

    @Test
    void aReceiverThatDoesNotAnswerIsLeft() throws IOException {
        CountDownLatch end = new CountDownLatch(1);
        try (OtlpScene scene = scene(settings -> settings.timeout(SHORT))) {
            scene.receiver.answer(push -> await(end));
            scene.sampleAndPush();
            assertEquals(failures(ErrorCode.OPERATION_TIMEOUT, 1), scene.health.failures());
            assertTrue(scene.log.get(0).contains("not answered"), scene.log.get(0));
            end.countDown();
        }
    }

    private static OtlpReceiver.Answer endless(CountDownLatch end) {
        return push -> {
            push.sendResponseHeaders(200, 0);
            push.getResponseBody().write(0);
            push.getResponseBody().flush();
            await(end);
        };
    }

    @Test
    void aReceiverThatNeverEndsItsAnswerIsLeftAndKeepsNoLaterPushWaiting() throws IOException {
        CountDownLatch end = new CountDownLatch(1);
        try (OtlpScene scene = scene(settings -> settings.timeout(SHORT))) {
            scene.receiver.answer(endless(end));
            scene.sampleAndPush();
            scene.sampleAndPush();
            assertEquals(failures(ErrorCode.OPERATION_TIMEOUT, 2), scene.health.failures());
            scene.receiver.acceptAgain();
            scene.sampleAndPush();
            assertEquals(2, scene.failures());
            assertEquals(2, scene.log.size(), scene.log::toString);
            end.countDown();
        }
    }

    @Test
    void answersWithoutEndAreNotWaitedForOnMoreAndMoreThreads() throws IOException {
        CountDownLatch end = new CountDownLatch(1);
        try (OtlpScene scene = scene(settings -> settings.timeout(SHORT))) {
            scene.receiver.answer(endless(end));
            for (int i = 0; i < 7; i++) {
                scene.sampleAndPush();
            }
            assertEquals(4, scene.receiver.count());
            assertEquals(
                    Map.of(
                            new Failure("otlp", ErrorCode.OPERATION_TIMEOUT), 4L,
                            new Failure("otlp", ErrorCode.RESOURCE_BUSY), 3L),
                    scene.health.failures());
            scene.receiver.acceptAgain();
            end.countDown();
            while (scene.receiver.count() == 4) {
                scene.sampleAndPush();
            }
            assertEquals(2, scene.log.size(), scene.log::toString);
        }
    }

    /** Has a receiver note each push, of which there are many a second. */
    private static OtlpSettings often(OtlpScene scene, BlockingQueue<Integer> pushed) {
        scene.receiver.answer(push -> {
            push.sendResponseHeaders(200, -1);
            pushed.add(pushed.size());
        });
        return OtlpSettings.builder()
                .endpoint(scene.receiver.url())
                .interval(Duration.ofMillis(20))
                .build();
    }

    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void neitherWhatItIsAskedForNorItsLogEndsItByFailing() throws Exception {
        BlockingQueue<Integer> pushed = new LinkedBlockingQueue<>();
        try (OtlpScene scene = scene(settings -> settings)) {
            OtlpSettings settings = often(scene, pushed);
            scene.sample();
            AtomicBoolean isBroken = new AtomicBoolean(true);
            OtlpPush push = OtlpPush.start(
                    () -> {
                        if (isBroken.getAndSet(false)) {
                            throw new AssertionError("no snapshot");
                        }
                        return scene.snapshot();
                    },
                    settings,
                    scene.health,
                    told -> {
                        throw new AssertionError("no log");
                    });
            try {
                pushed.take();
            } finally {
                push.close();
            }
            assertTrue(
                    scene.health.failures().get(new Failure("otlp", ErrorCode.INTERNAL_ERROR)) >= 2,
                    () -> "both are counted: " + scene.health.failures());
        }
    }

    @Test
    void itPushesByItselfFromTheFirstSnapshotOn() throws Exception {
        BlockingQueue<Integer> pushed = new LinkedBlockingQueue<>();
        try (OtlpScene scene = scene(settings -> settings)) {
            OtlpSettings settings = often(scene, pushed);
            OtlpPush push = OtlpPush.start(scene::sample, settings, scene.health, scene.log::add);
            try {
                for (int i = 0; i < 3; i++) {
                    pushed.take();
                }
            } finally {
                push.close();
            }
            assertEquals(List.of(), scene.log);
        }
    }

    @Test
    void itsThreadsEndAlsoInTheMiddleOfAPush() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        try (OtlpScene scene = scene(settings -> settings)) {
            OtlpSettings settings = OtlpSettings.builder()
                    .endpoint(scene.receiver.url())
                    .timeout(Duration.ofMinutes(10))
                    .build();
            scene.receiver.answer(push -> {
                begun.countDown();
                await(end);
            });
            OtlpPush push = OtlpPush.start(scene::sample, settings, scene.health, scene.log::add);
            begun.await();
            List<Thread> threads = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith("vireo-otlp"))
                    .toList();
            assertTrue(threads.size() >= 2, threads::toString);
            push.close();
            for (Thread thread : threads) {
                thread.join();
            }
            assertEquals(List.of(), scene.log, "an end is no failure");
            end.countDown();
        }
    }

    @Test
    void headersComeFromAFileThatMayChange(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("headers");
        Files.writeString(file, "# for the collector\n\nAuthorization: Bearer one\nX-Tenant:  a: b \n");
        try (OtlpScene scene = scene(settings -> settings.headersFile(file))) {
            scene.sampleAndPush();
            assertEquals("Bearer one", scene.receiver.lastHeader("Authorization"));
            assertEquals("a: b", scene.receiver.lastHeader("X-Tenant"));
            Files.writeString(file, "Authorization: Bearer two\n");
            scene.sampleAndPush();
            assertEquals("Bearer two", scene.receiver.lastHeader("Authorization"));
            Files.delete(file);
            scene.sampleAndPush();
            assertEquals(2, scene.receiver.count());
            assertTrue(scene.log.get(0).contains(file.toString()), scene.log.get(0));
            Files.writeString(file, "Authorization: Bearer three\n");
            scene.sampleAndPush();
            assertEquals("Bearer three", scene.receiver.lastHeader("Authorization"));
        }
    }
}
