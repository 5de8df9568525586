package dev.vireo.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A kind of control group hierarchy that counts CPU time. */
enum Hierarchy {
    V1("v1") {
        @Override
        boolean isMount(String type, String options) {
            return type.equals("cgroup") && List.of(options.split(",", -1)).contains("cpuacct");
        }
    },
    V2("v2") {
        @Override
        boolean isMount(String type, String options) {
            return type.equals("cgroup2");
        }
    };

    private final String text;

    Hierarchy(String text) {
        this.text = text;
    }

    abstract boolean isMount(String type, String options);

    Optional<Path> mountPoint() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/mountinfo"))) {
            String[] fields = line.split(" ", -1);
            // the fields before " - " vary in number; those after it are type, source and the hierarchy's own options
            int separator = List.of(fields).indexOf("-");
            if (isMount(fields[separator + 1], fields[separator + 3])) {
                return Optional.of(Path.of(fields[4]));
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }
}
