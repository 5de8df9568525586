import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reduces a kernel's types (/sys/kernel/btf/vmlinux, 5 MB) to those that the driver asks for, so that a test can have those
 * of many kernels: {@code java ReduceTypes.java VMLINUX REDUCED}. Structures keep all their fields, at their places and in
 * the same structures without a name; what their types are is kept only where it is one of the structures asked for.
 */
class ReduceTypes {
    private static final Set<String> STRUCTURES = Set.of(
            "task_struct", "thread_info", "signal_struct", "css_set", "cgroup", "cgroup_subsys_state", "kernfs_node",
            "task_group", "sched_entity", "cfs_tg_state", "bpf_array");
    private static final Set<String> OTHERS =
            Set.of("cgroup_subsys_id", "btf_trace_sched_stat_runtime", "btf_trace_sched_process_exit");
    private static final int STRUCT = 4;
    private static final int UNION = 5;
    private static final int ENUM = 6;
    private static final int TYPEDEF = 8;
    private static final int CONST = 10;

    private final ByteBuffer in;
    private final int types;
    private final int strings;
    private final List<Integer> places = new ArrayList<>(List.of(0));
    private final List<byte[]> out = new ArrayList<>();
    private final Map<Integer, Integer> numbers = new HashMap<>(Map.of(0, 0));
    private final Map<String, Integer> names = new HashMap<>(Map.of("", 0));
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();

    private ReduceTypes(byte[] bytes) {
        in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        types = in.getInt(4) + in.getInt(8);
        strings = in.getInt(4) + in.getInt(16);
        text.write(0);
        int[] each = {0, 0, 0, 0, 12, 12, 8, 0, 0, 0, 0, 0, 0, 8, 0, 12, 0, 0, 0, 12};
        int[] fixed = {0, 4, 0, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 4, 0, 0};
        for (int at = types; at < types + in.getInt(12); ) {
            places.add(at);
            at += 12 + fixed[kind(at)] + each[kind(at)] * members(at);
        }
    }

    public static void main(String[] arguments) throws IOException {
        ReduceTypes types = new ReduceTypes(Files.readAllBytes(Path.of(arguments[0])));
        Files.write(Path.of(arguments[1]), types.reduce());
    }

    private byte[] reduce() {
        for (int type = 1; type < places.size(); type++) {
            int at = places.get(type);
            boolean isWanted = (kind(at) == STRUCT && STRUCTURES.contains(name(at)) && members(at) > 0)
                    || ((kind(at) == ENUM || kind(at) == TYPEDEF) && OTHERS.contains(name(at)));
            if (isWanted) {
                keep(type);
            }
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        out.forEach(all::writeBytes);
        ByteBuffer header = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        header.putShort((short) 0xeb9f).put((byte) 1).put((byte) 0).putInt(24);
        header.putInt(0).putInt(all.size()).putInt(all.size()).putInt(text.size());
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(header.array());
        file.writeBytes(all.toByteArray());
        file.writeBytes(text.toByteArray());
        return file.toByteArray();
    }

    /** Returns the number that a type has in the reduced file; that of a kind that matters to nobody is void. */
    private int keep(int type) {
        Integer known = numbers.get(type);
        if (known != null) {
            return known;
        }
        int at = places.get(type);
        if (kind(at) == CONST || (kind(at) == TYPEDEF && !OTHERS.contains(name(at)))) {
            return keep(in.getInt(at + 8));
        }
        boolean isKept = kind(at) == ENUM || kind(at) == TYPEDEF || kind(at) == STRUCT || kind(at) == UNION;
        if (!isKept) {
            return 0;
        }
        out.add(new byte[0]);
        int number = out.size();
        numbers.put(type, number);
        out.set(number - 1, reduced(at));
        return number;
    }

    private byte[] reduced(int at) {
        boolean isStructure = kind(at) == STRUCT || kind(at) == UNION;
        boolean isWhole = kind(at) == ENUM
                || (isStructure && (name(at).isEmpty() || STRUCTURES.contains(name(at)) || members(at) <= 2));
        int members = isWhole ? members(at) : 0;
        ByteBuffer type = ByteBuffer.allocate(12 + members * (isStructure ? 12 : 8)).order(ByteOrder.LITTLE_ENDIAN);
        type.putInt(string(name(at))).putInt((in.getInt(at + 4) & 0xffff0000) | members);
        type.putInt(kind(at) == TYPEDEF ? 0 : in.getInt(at + 8));
        for (int i = 0; i < members; i++) {
            int member = at + 12 + i * (isStructure ? 12 : 8);
            type.putInt(string(name(member)));
            type.putInt(isStructure ? keep(in.getInt(member + 4)) : in.getInt(member + 4));
            if (isStructure) {
                type.putInt(in.getInt(member + 8));
            }
        }
        return type.array();
    }

    private int string(String name) {
        return names.computeIfAbsent(name, added -> {
            int at = text.size();
            text.writeBytes(added.getBytes(StandardCharsets.UTF_8));
            text.write(0);
            return at;
        });
    }

    private int kind(int at) {
        return in.getInt(at + 4) >>> 24 & 0x1f;
    }

    private int members(int at) {
        return in.getInt(at + 4) & 0xffff;
    }

    private String name(int at) {
        int start = strings + in.getInt(at);
        int end = start;
        while (in.get(end) != 0) {
            end++;
        }
        return new String(in.array(), start, end - start, StandardCharsets.UTF_8);
    }
}
