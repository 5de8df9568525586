package dev.vireo.driver.qemu.cgroup.finding;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What a QEMU process says of itself on its command line.
 *
 * @param name the value of {@code -name}
 * @param uuid the value of {@code -uuid}
 */
record CommandLine(Optional<String> name, Optional<UUID> uuid) {
    private static final Pattern UUID_FORM = Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    /** Reads the text of {@code /proc/PID/cmdline}: arguments, each ended by a NUL. */
    static CommandLine parse(byte[] text) {
        List<String> arguments = List.of(new String(text, StandardCharsets.UTF_8).split("\0", -1));
        return new CommandLine(
                valueOf(arguments, "name").map(CommandLine::guestName).filter(name -> !name.isEmpty()),
                valueOf(arguments, "uuid")
                        .filter(value -> UUID_FORM.matcher(value).matches())
                        .map(UUID::fromString));
    }

    /** QEMU takes {@code -option} and {@code --option}; of several, the last one holds. */
    private static Optional<String> valueOf(List<String> arguments, String option) {
        for (int i = arguments.size() - 2; i > 0; i--) {
            String argument = arguments.get(i);
            if (argument.equals("-" + option) || argument.equals("--" + option)) {
                return Optional.of(arguments.get(i + 1));
            }
        }
        return Optional.empty();
    }

    /** The form is {@code NAME[,key=value]} or {@code guest=NAME,key=value}, in any order, a comma in it doubled. */
    private static String guestName(String value) {
        String first = "";
        int start = 0;
        while (start <= value.length()) {
            int end = endOfItem(value, start);
            String item = value.substring(start, end).replace(",,", ",");
            if (item.startsWith("guest=")) {
                return item.substring("guest=".length());
            }
            if (start == 0 && !item.startsWith("process=") && !item.startsWith("debug-threads=")) {
                first = item;
            }
            start = end + 1;
        }
        return first;
    }

    private static int endOfItem(String value, int start) {
        int comma = value.indexOf(',', start);
        while (comma >= 0 && comma + 1 < value.length() && value.charAt(comma + 1) == ',') {
            comma = value.indexOf(',', comma + 2);
        }
        return comma < 0 ? value.length() : comma;
    }
}
