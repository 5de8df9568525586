package dev.vireo.exporter.http;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Keeps what the process logs, whoever does, until it is closed. */
final class Logged extends Handler implements AutoCloseable {
    private static final Logger ALL = Logger.getLogger("");

    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    private Logged() {}

    static Logged fromNowOn() {
        Logged logged = new Logged();
        ALL.addHandler(logged);
        return logged;
    }

    List<LogRecord> records() {
        return records;
    }

    List<String> messages() {
        return records.stream()
                .map(record -> record.getLoggerName() + ": " + record.getMessage())
                .toList();
    }

    @Override
    public void publish(LogRecord record) {
        records.add(record);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        ALL.removeHandler(this);
    }
}
