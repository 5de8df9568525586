package dev.vireo.it;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A guest's monitor: QMP on its standard input, its answers in a file.
 *
 * @param commands takes commands, one a line
 * @param answers has all that the guest said
 */
record GuestMonitor(OutputStream commands, Path answers) {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    boolean hasGreeted() throws IOException {
        return said("\"QMP\"") > 0;
    }

    /** Pauses the guest as libvirt does; its vCPUs stand still when this returns. */
    void pause() throws IOException {
        execute("qmp_capabilities", "{}");
        execute("stop", "{}");
        awaitSaid("\"event\": \"STOP\"", 1);
    }

    void acceptCommands() throws IOException {
        execute("qmp_capabilities", "{}");
    }

    /** Migrates the guest to nowhere, which takes a thread of its own, and lets it go on afterwards. */
    void migrateToNowhere() throws IOException {
        int resumed = said("\"event\": \"RESUME\"");
        int stopped = said("\"event\": \"STOP\"");
        execute("migrate", "{\"uri\": \"exec:cat > /dev/null\"}");
        awaitSaid("\"event\": \"STOP\"", stopped + 1);
        awaitMigrated();
        execute("cont", "{}");
        awaitSaid("\"event\": \"RESUME\"", resumed + 1);
    }

    private void awaitMigrated() throws IOException {
        int asked = said("\"status\": \"completed\"");
        Await.until(this::text, LIMIT, () -> {
            execute("query-migrate", "{}");
            return said("\"status\": \"completed\"") > asked;
        });
    }

    private void execute(String command, String arguments) throws IOException {
        String line = "{\"execute\": \"" + command + "\", \"arguments\": " + arguments + "}\n";
        commands.write(line.getBytes(StandardCharsets.UTF_8));
        commands.flush();
    }

    private void awaitSaid(String what, int times) throws IOException {
        Await.until(() -> what + " in " + text(), LIMIT, () -> said(what) >= times);
    }

    private int said(String what) throws IOException {
        return Files.readString(answers).split(what, -1).length - 1;
    }

    private String text() {
        try {
            return Files.readString(answers);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }
}
