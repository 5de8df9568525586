package dev.vireo.it.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What one Maven run printed, taken apart by module. */
final class MavenRun {
    private static final Pattern MODULE = Pattern.compile("^\\[INFO\\] -+< [^:]+:(\\S+) >-+$", Pattern.MULTILINE);
    private static final Pattern FAILURE =
            Pattern.compile("^\\[ERROR\\] Failed to execute goal .* on project ([^:]+):", Pattern.MULTILINE);
    private static final Pattern SUMMARY = Pattern.compile("^\\[INFO\\] Reactor Summary", Pattern.MULTILINE);
    private static final Pattern SUCCESS =
            Pattern.compile("^\\[INFO\\] (\\S+) .*SUCCESS \\[[^]]*\\]$", Pattern.MULTILINE);

    private final String log;
    private final String building;
    private final String summary;

    MavenRun(String log) {
        Matcher start = SUMMARY.matcher(log);
        int end = start.find() ? start.start() : log.length();
        this.log = log;
        this.building = log.substring(0, end);
        this.summary = log.substring(end);
    }

    /** Runs {@code ./mvnw} in {@code root}, offline: what the main build has downloaded has to do. */
    static MavenRun offline(Path root, Path repository, String... arguments) throws IOException, InterruptedException {
        return run(root, List.of("--offline", "-Dmaven.repo.local=" + repository), arguments);
    }

    /**
     * Runs {@code ./mvnw} in {@code root} with a repository of its own before the main one: what neither has is fetched.
     */
    static MavenRun online(Path root, Path own, Path main, String... arguments)
            throws IOException, InterruptedException {
        return run(
                root,
                List.of(
                        "-Dmaven.repo.local=" + own,
                        "-Dmaven.repo.local.tail=" + main,
                        "-Dmaven.repo.local.tail.ignoreAvailability=true"),
                arguments);
    }

    private static MavenRun run(Path root, List<String> options, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("./mvnw", "--batch-mode"));
        command.addAll(options);
        command.addAll(List.of(arguments));
        Path log = root.resolve("maven.log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(root.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        // Meant for the build that runs this test.
        builder.environment().keySet().removeAll(Set.of("MAVEN_ARGS", "MAVEN_BASEDIR", "MAVEN_PROJECTBASEDIR"));
        Process process = builder.start();
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException("Maven did not end within 5 minutes:\n" + Files.readString(log));
        }
        return new MavenRun(Files.readString(log));
    }

    Set<String> succeeded() {
        return new TreeSet<>(
                SUCCESS.matcher(summary).results().map(match -> match.group(1)).toList());
    }

    /** Tells where and why a module failed: Maven's error at the end of the log, or "" if there is none. */
    String failureOf(String module) {
        return part(summary, FAILURE, module);
    }

    /** What was printed while a module was built; warnings are here and nowhere else. */
    String outputOf(String module) {
        return part(building, MODULE, module);
    }

    /** The part of the text from the header that names the module to the next header. */
    private static String part(String text, Pattern header, String module) {
        List<MatchResult> headers = header.matcher(text).results().toList();
        for (int i = 0; i < headers.size(); i++) {
            if (headers.get(i).group(1).equals(module)) {
                int end = i + 1 < headers.size() ? headers.get(i + 1).start() : text.length();
                return text.substring(headers.get(i).start(), end);
            }
        }
        return "";
    }

    @Override
    public String toString() {
        return log;
    }
}
