package dev.vireo.driver.qemu.cgroup.finding;

import dev.vireo.driver.qemu.cgroup.reading.Uuids;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a QEMU process says of itself on its command line.
 *
 * @param name the value of {@code -name}
 * @param uuid the value of {@code -uuid}
 * @param daemonizes whether it goes into the background
 */
record CommandLine(Optional<String> name, Optional<UUID> uuid, boolean daemonizes) {
    /** Reads the text of {@code /proc/PID/cmdline}: arguments, each ended by a NUL. */
    static CommandLine parse(byte[] text) {
        List<String> arguments = List.of(new String(text, StandardCharsets.UTF_8).split("\0", -1));
        return new CommandLine(
                lastOf(arguments, "name").map(CommandLine::guestName).filter(name -> !name.isEmpty()),
                lastOf(arguments, "uuid").flatMap(Uuids::find).or(() -> systemUuid(arguments)),
                arguments.contains("-daemonize") || arguments.contains("--daemonize"));
    }

    /** Proxmox VE gives the uuid as a field of the guest's firmware tables alone. */
    private static Optional<UUID> systemUuid(List<String> arguments) {
        return valuesOf(arguments, "smbios").stream()
                .map(value -> List.of(value.split(",", -1)))
                .filter(items -> items.contains("type=1"))
                .flatMap(List::stream)
                .filter(item -> item.startsWith("uuid="))
                .flatMap(item -> Uuids.find(item.substring("uuid=".length())).stream())
                .findFirst();
    }

    /** Of several the last one holds. */
    private static Optional<String> lastOf(List<String> arguments, String option) {
        List<String> values = valuesOf(arguments, option);
        return values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() - 1));
    }

    /** QEMU takes {@code -option} and {@code --option}. */
    private static List<String> valuesOf(List<String> arguments, String option) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i < arguments.size() - 1; i++) {
            String argument = arguments.get(i);
            if (argument.equals("-" + option) || argument.equals("--" + option)) {
                values.add(arguments.get(i + 1));
            }
        }
        return values;
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
