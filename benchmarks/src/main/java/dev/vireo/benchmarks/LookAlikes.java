package dev.vireo.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Starts processes that look like QEMU and sleep. Closing ends them; they also end by themselves when this JVM does, whatever
 * becomes of it.
 */
final class LookAlikes implements AutoCloseable {
    private final Process starter;
    private final Writer orders;
    private final BufferedReader started;
    private int count;

    LookAlikes(CPrograms programs) throws IOException {
        Path program = programs.compile("guest.c", "qemu-system-x86_64");
        Path start = programs.compile("start-guests.c", "start-guests");
        starter = new ProcessBuilder(start.toString(), program.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        orders = starter.outputWriter();
        started = starter.inputReader();
    }

    LookAlike startOne(int vcpus) throws IOException {
        return start(1, vcpus).get(0);
    }

    /** Starts guests and returns when each has its threads. */
    List<LookAlike> start(int howMany, int vcpus) throws IOException {
        for (int i = 0; i < howMany; i++) {
            String name = "vireo-bench-" + ProcessHandle.current().pid() + "-" + ++count;
            UUID uuid = new UUID(ProcessHandle.current().pid(), count);
            orders.write(name + " " + uuid + " " + vcpus + "\n");
        }
        orders.flush();
        List<LookAlike> guests = new ArrayList<>();
        for (int i = 0; i < howMany; i++) {
            String line = started.readLine();
            if (line == null) {
                throw new IOException("only " + i + " of " + howMany + " guests could be started");
            }
            guests.add(parse(line));
        }
        return guests;
    }

    /** A line is the guest's name, its pid, and the thread of each vCPU. */
    private static LookAlike parse(String line) {
        List<String> fields = List.of(line.split(" ", -1));
        List<Integer> threads =
                fields.subList(2, fields.size()).stream().map(Integer::valueOf).toList();
        return new LookAlike(fields.get(0), Integer.parseInt(fields.get(1)), threads);
    }

    /** Ends the guests: the one that started them does when its input ends, and ends when all of them have. */
    @Override
    public void close() throws IOException {
        orders.close();
        try {
            starter.waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the guests end");
        }
    }
}
